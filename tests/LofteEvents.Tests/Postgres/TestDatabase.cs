using Npgsql;

namespace LofteEvents.Tests.Postgres;

/// <summary>A fresh database with the schema applied, copied from a template; dropped when disposed of.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private static int _count;

    private readonly PostgresCluster _cluster;

    private TestDatabase(PostgresCluster cluster, string name)
    {
        _cluster = cluster;
        Name = name;
        ConnectionString = cluster.App(name).ConnectionString;
        OwnerConnectionString = cluster.Owner(name).ConnectionString;
        App = NpgsqlDataSource.Create(ConnectionString);
        Owner = NpgsqlDataSource.Create(OwnerConnectionString);
    }

    public string Name { get; }

    /// <summary>With the rights of the running server.</summary>
    public NpgsqlDataSource App { get; }

    /// <summary>May change the schema.</summary>
    public NpgsqlDataSource Owner { get; }

    /// <summary>As <see cref="App"/>.</summary>
    public string ConnectionString { get; }

    /// <summary>As <see cref="Owner"/>.</summary>
    public string OwnerConnectionString { get; }

    public static Task<TestDatabase> CreateAsync(CancellationToken cancellationToken) =>
        CreateAsync(PostgresCluster.Template, cancellationToken);

    /// <summary>A copy of this database as it is now; nobody may be connected to it.</summary>
    public async Task<TestDatabase> CopyAsync(CancellationToken cancellationToken)
    {
        await _cluster.ExecuteAsync(
            $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = {QuoteLiteral(Name)}", cancellationToken);
        return await CreateAsync(Name, cancellationToken);
    }

    private static async Task<TestDatabase> CreateAsync(string template, CancellationToken cancellationToken)
    {
        var cluster = await PostgresCluster.StartedAsync(cancellationToken);
        var name = $"test_{Interlocked.Increment(ref _count)}";
        await cluster.ExecuteAsync(
            $"CREATE DATABASE {QuoteIdentifier(name)} OWNER lofte_owner TEMPLATE {QuoteIdentifier(template)}", cancellationToken);
        await cluster.ExecuteAsync($"ALTER DATABASE {QuoteIdentifier(name)} SET TimeZone = 'UTC'", cancellationToken);
        // CREATE DATABASE copies what is in the template, but not the settings that roles have in it.
        await cluster.ExecuteAsync(
            $"ALTER ROLE lofte_auditor IN DATABASE {QuoteIdentifier(name)} SET row_security = off", cancellationToken);
        return new TestDatabase(cluster, name);
    }

    private static string QuoteLiteral(string text) => $"'{text}'";

    private static string QuoteIdentifier(string name) => $"\"{name}\"";

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await Owner.DisposeAsync();
        await _cluster.ExecuteAsync($"DROP DATABASE IF EXISTS {QuoteIdentifier(Name)} WITH (FORCE)", CancellationToken.None);
    }
}

/// <summary>
/// A database for all tests of a class: <c>class Foo(DatabaseFixture fixture) : IClassFixture&lt;DatabaseFixture&gt;</c>.
/// </summary>
public sealed class DatabaseFixture : IAsyncLifetime
{
    private TestDatabase? _database;

    public TestDatabase Database =>
        _database ?? throw new InvalidOperationException("The fixture was not initialised by the runner.");

    public async ValueTask InitializeAsync() => _database = await TestDatabase.CreateAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }
    }
}
