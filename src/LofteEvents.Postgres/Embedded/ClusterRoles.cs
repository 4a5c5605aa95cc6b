using Npgsql;

namespace LofteEvents.Postgres.Embedded;

/// <summary>The cluster's login roles, its database <c>lofte</c>, and the connection strings that use them.</summary>
internal static class ClusterRoles
{
    public const string Database = "lofte";

    public static NpgsqlConnectionStringBuilder Superuser(int port, Secrets secrets) =>
        Connection(port, "postgres", "postgres", secrets.Superuser);

    public static NpgsqlConnectionStringBuilder Owner(int port, string database, Secrets secrets) =>
        Connection(port, database, "lofte_owner", secrets.Owner);

    public static NpgsqlConnectionStringBuilder App(int port, string database, Secrets secrets) =>
        Connection(port, database, "lofte_server", secrets.App);

    /// <summary>Makes what is missing of roles and database; safe to repeat.</summary>
    public static async Task EnsureAsync(int port, Secrets secrets, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(Superuser(port, secrets).ConnectionString);
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await EnsureRolesAsync(connection, secrets, cancellationToken);
        await using var find = new NpgsqlCommand("SELECT 1 FROM pg_database WHERE datname = $1", connection);
        find.Parameters.Add(new NpgsqlParameter<string> { TypedValue = Database });
        if (await find.ExecuteScalarAsync(cancellationToken) is null)
        {
            await using var create = new NpgsqlCommand("CREATE DATABASE lofte OWNER lofte_owner", connection);
            await create.ExecuteNonQueryAsync(cancellationToken);
        }

        await using var close = new NpgsqlCommand("REVOKE ALL ON DATABASE lofte FROM PUBLIC", connection);
        await close.ExecuteNonQueryAsync(cancellationToken);
        await using var open = new NpgsqlCommand("GRANT CONNECT ON DATABASE lofte TO lofte_app, lofte_auditor", connection);
        await open.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task EnsureRolesAsync(NpgsqlConnection connection, Secrets secrets, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using (var settings = new NpgsqlCommand(
            "SELECT set_config('lofte.owner_password', $1, TRUE), set_config('lofte.app_password', $2, TRUE)", connection))
        {
            settings.Parameters.Add(new NpgsqlParameter<string> { TypedValue = secrets.Owner });
            settings.Parameters.Add(new NpgsqlParameter<string> { TypedValue = secrets.App });
            await settings.ExecuteNonQueryAsync(cancellationToken);
        }

        await using (var roles = new NpgsqlCommand(await RolesTextAsync(cancellationToken), connection))
        {
            await roles.ExecuteNonQueryAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    private static async Task<string> RolesTextAsync(CancellationToken cancellationToken)
    {
        const string name = "LofteEvents.Postgres.Embedded.roles.sql";
        await using var stream = typeof(ClusterRoles).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException("Embedded/roles.sql is not embedded in the assembly.");
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(cancellationToken);
    }

    private static NpgsqlConnectionStringBuilder Connection(int port, string database, string user, string password) => new()
    {
        Host = "127.0.0.1",
        Port = port,
        Database = database,
        Username = user,
        Password = password,
        RequireAuth = "ScramSHA256",
        SslMode = SslMode.Disable,
        GssEncryptionMode = GssEncryptionMode.Disable,
        Timezone = "UTC",
        ApplicationName = "LofteEvents",
    };
}
