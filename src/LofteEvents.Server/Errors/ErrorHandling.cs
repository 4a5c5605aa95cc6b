using LofteEvents.Server.Access;
using LofteEvents.Server.Hosting;
using LofteEvents.Server.Pages;
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
            AnswerAsync(context.HttpContext, Problems.ForStatus(context.HttpContext.Response.StatusCode)));
        return app;
    }

    /// <summary>A person's browser gets a page, everyone else problem details.</summary>
    public static Task AnswerAsync(HttpContext context, Problem problem) =>
        BrowserConstraint.PrefersPage(context.Request)
            ? new ErrorPage(problem).ExecuteAsync(context)
            : problem.ExecuteAsync(context);
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

        await ErrorHandling.AnswerAsync(httpContext, Answer(exception, httpContext.Request.Path));
        return true;
    }

    /// <summary>
    /// The way to the database, or the database itself, is at fault; by the classes of PostgreSQL's Appendix A.
    /// </summary>
    private static bool IsUnavailability(NpgsqlException exception) =>
        exception is not PostgresException postgres
        || postgres.SqlState[..2] is "08" or "53" or "55" or "57" or "58"
        || postgres.SqlState == PostgresErrorCodes.ReadOnlySqlTransaction;

    private Problem Answer(Exception exception, PathString path)
    {
        switch (exception)
        {
            case EventStoreUnavailableException unavailable:
                LogUnavailable(path, exception.Message);
                return Problems.Unavailable(unavailable.RetryAfter);
            case NpgsqlException away when IsUnavailability(away):
                LogUnavailable(path, exception.Message);
                return Problems.Unavailable(TimeSpan.FromSeconds(2));
            case PostgresException { SqlState: PostgresErrorCodes.CharacterNotInRepertoire }:
                return Problems.Unwritable();
            case IssuerUnavailableException issuer:
                LogIssuerUnavailable(issuer.Message);
                return Problems.IssuerUnavailable();
            case BadHttpRequestException bad:
                return Problems.ForStatus(bad.StatusCode);
            default:
                LogFault(path, exception);
                return Problems.Fault();
        }
    }

    [LoggerMessage(LogEvents.StoreUnavailable, LogLevel.Warning, "The store is unavailable for {Path}: {Reason}")]
    private partial void LogUnavailable(PathString path, string reason);

    [LoggerMessage(LogEvents.IssuerUnavailable, LogLevel.Warning, "{Reason}")]
    private partial void LogIssuerUnavailable(string reason);

    [LoggerMessage(LogEvents.RequestFailed, LogLevel.Error, "A request to {Path} failed.")]
    private partial void LogFault(PathString path, Exception exception);
}
