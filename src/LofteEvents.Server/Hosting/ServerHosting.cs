using System.Text;
using LofteEvents.Postgres;
using LofteEvents.Server.Errors;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Extensions.Configuration.Memory;

namespace LofteEvents.Server.Hosting;

/// <summary>What every part stands on: addresses, limits, and the order in which a request passes.</summary>
internal static class ServerHosting
{
    /// <summary>The largest request body where an endpoint says nothing else: 64 KiB.</summary>
    private const long MaxBodyBytes = 64 * 1024;

    private const int MaxRequestLineBytes = 16 * 1024;
    private const int MaxConnections = 4096;

    public static WebApplicationBuilder AddHosting(this WebApplicationBuilder builder, ServerSettings settings)
    {
        QuietByDefault(builder.Configuration);
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton(settings.Areas);
        builder.Services.AddSingleton(settings.Recipients);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddRequestLimits(settings);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBodyBytes;
            kestrel.Limits.MaxRequestLineSize = MaxRequestLineBytes;
            kestrel.Limits.MaxConcurrentConnections = MaxConnections;
            kestrel.Limits.MaxConcurrentUpgradedConnections = 0;

            // Octets that are no ASCII come through as they are, so that intake can name the header that has them.
            kestrel.RequestHeaderEncodingSelector = header =>
                header.StartsWith("ce-", StringComparison.OrdinalIgnoreCase) ? Encoding.Latin1 : null;
        });
        if (!AddressesAreGiven(builder.Configuration))
        {
            builder.WebHost.UseUrls("http://localhost:5080");
        }

        return builder;
    }

    /// <summary>
    /// The framework's own lines per request are off unless the configuration, which comes after this, turns them on.
    /// </summary>
    private static void QuietByDefault(ConfigurationManager configuration) =>
        configuration.Sources.Insert(0, new MemoryConfigurationSource
        {
            InitialData =
            [
                new("Logging:LogLevel:Default", "Information"),
                new("Logging:LogLevel:Microsoft.AspNetCore", "Warning"),
                new("Logging:LogLevel:Npgsql", "Warning"),
            ],
        });

    /// <summary>The order in which a request passes.</summary>
    public static WebApplication UsePipeline(this WebApplication app, ServerSettings settings)
    {
        app.UseSecurityHeaders();
        app.UseErrors();
        app.UseAuthentication();
        app.UseRequestLimits(settings);
        app.UseAuthorization();
        return app;
    }

    /// <summary>Listens, tells the command line where, and serves until it is told to stop.</summary>
    public static async Task ServeAsync(this WebApplication app, LofteDatabase database, CancellationToken cancellationToken)
    {
        app.MapNotFound();
        await app.StartAsync(cancellationToken);
        if (app.Urls.FirstOrDefault() is { } url)
        {
            await database.AnnounceAsync(Reachable(url), cancellationToken);
        }

        await app.WaitForShutdownAsync(cancellationToken);
    }

    /// <summary>An address that means "every interface" is reached on this machine as localhost.</summary>
    private static Uri Reachable(string url)
    {
        var address = BindingAddress.Parse(url);
        var host = address.Host is "*" or "+" or "0.0.0.0" or "[::]" ? "localhost" : address.Host;
        return new Uri($"{address.Scheme}://{host}:{address.Port}");
    }

    private static bool AddressesAreGiven(ConfigurationManager configuration) =>
        !string.IsNullOrWhiteSpace(configuration[WebHostDefaults.ServerUrlsKey])
        || !string.IsNullOrWhiteSpace(configuration[WebHostDefaults.HttpPortsKey])
        || !string.IsNullOrWhiteSpace(configuration[WebHostDefaults.HttpsPortsKey])
        || configuration.GetSection("Kestrel:Endpoints").Exists();

    /// <summary>
    /// Answers addresses that nothing else has: 415 or 405 where another media type or method would do, 404 elsewhere.
    /// </summary>
    private static WebApplication MapNotFound(this WebApplication app)
    {
        app.MapFallback("{**path}", context => NotFound(context).ExecuteAsync(context)).AllowAnonymous();
        return app;
    }

    private static Problem NotFound(HttpContext context)
    {
        var endpoints = context.RequestServices.GetRequiredService<EndpointDataSource>().Endpoints;
        var methods = endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => Matches(endpoint, context.Request.Path))
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [])
            .Distinct()
            .Order(StringComparer.Ordinal)
            .ToArray();
        if (methods.Length == 0)
        {
            return Problems.ForStatus(StatusCodes.Status404NotFound);
        }

        if (methods.Contains(context.Request.Method))
        {
            // A question has no media type: there a part of the address is not of the kind that belongs in its place.
            return Problems.ForStatus(HttpMethods.IsGet(context.Request.Method)
                ? StatusCodes.Status404NotFound
                : StatusCodes.Status415UnsupportedMediaType);
        }

        context.Response.Headers.Allow = string.Join(", ", methods);
        return Problems.ForStatus(StatusCodes.Status405MethodNotAllowed);
    }

    private static bool Matches(RouteEndpoint endpoint, PathString path) =>
        new TemplateMatcher(new RouteTemplate(endpoint.RoutePattern), []).TryMatch(path, []);
}
