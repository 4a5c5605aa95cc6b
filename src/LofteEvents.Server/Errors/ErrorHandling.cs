using System.Net.Sockets;
using LofteEvents.Server.Hosting;
using Microsoft.AspNetCore.Diagnostics;
using Npgsql;

namespace LofteEvents.Server.Errors;

/// <summary>Gives every error of the API its problem details, whoever raised it.</summary>
internal static class ErrorHandling
{
    public static IServiceCollection AddErrors(this IServiceCollection services) =>
        services.AddExceptionHandler<ExceptionAnswer>();

    public static WebApplication UseErrors(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = _ => Task.CompletedTask });
        app.UseStatusCodePages(context =>
            Problems.ForStatus(context.HttpContext.Response.StatusCode).ExecuteAsync(context.HttpContext));
        return app;
    }
}

/// <summary>
/// Turns an exception that no endpoint answers into a problem: a missing store into 503, a broken request into 4xx, a bug into
/// 500.
/// </summary>
internal sealed partial class ExceptionAnswer(ILogger<ExceptionAnswer> log) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (httpContext.RequestAborted.IsCancellationRequested && exception is OperationCanceledException or IOException)
        {
            httpContext.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return true;
        }

        await Answer(exception, httpContext.Request.Path).ExecuteAsync(httpContext);
        return true;
    }

    private Problem Answer(Exception exception, PathString path)
    {
        switch (exception)
        {
            case EventStoreUnavailableException unavailable:
                LogUnavailable(path, exception);
                return Problems.Unavailable(unavailable.RetryAfter);
            case NpgsqlException { IsTransient: true } or NpgsqlException { InnerException: SocketException }:
                LogUnavailable(path, exception);
                return Problems.Unavailable(TimeSpan.FromSeconds(2));
            case BadHttpRequestException bad:
                return Problems.ForStatus(bad.StatusCode);
            default:
                LogFault(path, exception);
                return Problems.Fault();
        }
    }

    [LoggerMessage(LogEvents.StoreUnavailable, LogLevel.Warning, "The store is unavailable for {Path}; the caller may retry.")]
    private partial void LogUnavailable(PathString path, Exception exception);

    [LoggerMessage(LogEvents.RequestFailed, LogLevel.Error, "A request to {Path} failed.")]
    private partial void LogFault(PathString path, Exception exception);
}
