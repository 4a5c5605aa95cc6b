using System.Net.Sockets;
using Npgsql;

namespace LofteEvents.Postgres.EventStore;

/// <summary>Tells a database that is away, full or read-only from a request that the database will never take.</summary>
internal static class DatabaseFault
{
    // SQLSTATE classes, PostgreSQL's Appendix A.
    private const string DataException = "22";
    private const string ProgramLimitExceeded = "54";
    private const string SyntaxErrorOrAccessRuleViolation = "42";

    /// <summary>The statement's content is at fault: sending it again gives the same answer.</summary>
    public static bool IsOfTheRequest(Exception exception) =>
        exception is PostgresException postgres
        && (postgres.SqlState.StartsWith(DataException, StringComparison.Ordinal)
            || postgres.SqlState.StartsWith(ProgramLimitExceeded, StringComparison.Ordinal));

    /// <summary>The database is at fault, or the way to it, and may be well again later.</summary>
    public static bool IsUnavailability(Exception exception) =>
        exception switch
        {
            PostgresException postgres =>
                !IsOfTheRequest(postgres)
                && !postgres.SqlState.StartsWith(SyntaxErrorOrAccessRuleViolation, StringComparison.Ordinal),
            NpgsqlException or SocketException or IOException or TimeoutException => true,
            _ => false,
        };

    public static EventStoreUnavailableException Unavailable(Exception exception) =>
        new(
            exception is PostgresException postgres
                ? $"The event store's database answered '{postgres.MessageText}' ({postgres.SqlState}); try again later."
                : "The event store's database cannot be reached; try again later.",
            exception);
}
