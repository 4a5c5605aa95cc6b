using Microsoft.Extensions.Logging;

namespace LofteEvents.Postgres.Embedded;

internal static partial class EmbeddedLog
{
    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Making the database cluster {Data} with PostgreSQL {Major} as user {User}.")]
    public static partial void Creating(ILogger logger, string data, int major, string user);

    [LoggerMessage(Level = LogLevel.Information, Message = "PostgreSQL runs as process {Process} on port {Port} with {Data}.")]
    public static partial void Started(ILogger logger, int process, int port, string data);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "PostgreSQL was left running as process {Process} on port {Port}; taking it over.")]
    public static partial void Adopted(ILogger logger, int process, int port);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "PostgreSQL was not stopped in good order last time; {Data} is being recovered.")]
    public static partial void Recovering(ILogger logger, string data);

    [LoggerMessage(Level = LogLevel.Error, Message = "PostgreSQL (process {Process}) died; it is started again.")]
    public static partial void Died(ILogger logger, int process);

    [LoggerMessage(Level = LogLevel.Error, Message = "PostgreSQL could not be started again; next attempt in {Seconds} s.")]
    public static partial void NotRestarted(ILogger logger, Exception exception, double seconds);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "{File} is missing or unreadable; the database's roles are given new passwords.")]
    public static partial void NewSecrets(ILogger logger, string file);

    [LoggerMessage(Level = LogLevel.Information, Message = "PostgreSQL (process {Process}) has stopped.")]
    public static partial void Stopped(ILogger logger, int process);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "PostgreSQL (process {Process}) did not stop within {Seconds} s; it is ended at once and will recover.")]
    public static partial void StoppedHard(ILogger logger, int process, double seconds);
}
