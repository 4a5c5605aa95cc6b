using LofteEvents.Server.Access;
using LofteEvents.Server.Errors;
using LofteEvents.Server.Events;
using LofteEvents.Server.Intake;
using LofteEvents.Server.Loften;
using LofteEvents.Server.OpenApi;
using LofteEvents.Server.Pages;
using LofteEvents.Server.Projections;
using LofteEvents.Server.Schemas;
using LofteEvents.Server.Sealing;

namespace LofteEvents.Server.Hosting;

/// <summary>
/// What the server can do, one line for each capability: its services, its place in a request's way, its addresses.
/// </summary>
internal static class Capabilities
{
    public static IServiceCollection AddCapabilities(this IServiceCollection services, ServerSettings settings)
    {
        services.AddErrors();
        services.AddAccess(settings);
        services.AddRequestLimits(settings);
        services.AddIntake();
        services.AddApiDescription();
        services.AddProjections();
        services.AddLoften();
        services.AddSealing(settings);
        services.AddPages();
        return services;
    }

    public static WebApplication UseCapabilities(this WebApplication app, ServerSettings settings)
    {
        app.UseSecurityHeaders();
        app.UseErrors();
        app.UseAuthentication();
        app.UseRequestLimits(settings);
        app.UseAuthorization();
        return app;
    }

    public static WebApplication MapCapabilities(this WebApplication app, ServerSettings settings)
    {
        app.MapHealth();
        app.MapApiDescription();
        app.MapDevelopmentToken();
        app.MapLog(settings);
        app.MapNotFound();

        var api = app.MapGroup("/api/v1");
        api.MapIntake();
        api.MapEvents();
        api.MapSchemas();
        api.MapApiInfo();
        api.MapLoften();
        api.MapProjections();
        app.MapPages();
        return app;
    }
}
