using LofteEvents.Server.Access;
using LofteEvents.Server.Channels;
using LofteEvents.Server.Errors;
using LofteEvents.Server.Events;
using LofteEvents.Server.Intake;
using LofteEvents.Server.Loften;
using LofteEvents.Server.Notices;
using LofteEvents.Server.OpenApi;
using LofteEvents.Server.OpenData;
using LofteEvents.Server.Pages;
using LofteEvents.Server.Projections;
using LofteEvents.Server.Schemas;
using LofteEvents.Server.Sealing;

namespace LofteEvents.Server.Hosting;

/// <summary>What the server can do, one line for each capability: its services and its addresses.</summary>
internal static class Capabilities
{
    public static IServiceCollection AddCapabilities(this IServiceCollection services, ServerSettings settings)
    {
        services.AddErrors();
        services.AddAccess(settings);
        services.AddIntake();
        services.AddApiDescription();
        services.AddProjections();
        services.AddLoften().AddNotices();
        services.AddOpenData();
        services.AddChannels(settings);
        services.AddSealing(settings);
        services.AddPages();
        return services;
    }

    public static WebApplication MapCapabilities(this WebApplication app, ServerSettings settings)
    {
        app.MapHealth();
        app.MapApiDescription();
        app.MapDevelopmentToken();
        app.MapLog(settings);

        var api = app.MapGroup("/api/v1");
        api.MapIntake();
        api.MapEvents();
        api.MapSchemas();
        api.MapApiInfo();
        api.MapLoften().MapNotices();
        api.MapOpenData();
        api.MapProjections();
        api.MapDeadLetters();
        app.MapPages();
        return app;
    }
}
