using System.Globalization;
using LofteEvents.Postgres;
using LofteEvents.Postgres.Embedded;
using Npgsql;

namespace LofteEvents.Tests.Postgres.Embedded;

/// <summary>What the cluster is once it runs.</summary>
public class The_embedded_cluster(EmbeddedClusterFixture fixture) : IClassFixture<EmbeddedClusterFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("data_checksums", "on")]
    [InlineData("server_encoding", "UTF8")]
    [InlineData("TimeZone", "UTC")]
    [InlineData("log_timezone", "UTC")]
    [InlineData("password_encryption", "scram-sha-256")]
    [InlineData("listen_addresses", "127.0.0.1")]
    [InlineData("unix_socket_directories", "")]
    [InlineData("fsync", "on")]
    [InlineData("synchronous_commit", "on")]
    [InlineData("full_page_writes", "on")]
    public async Task Is_set_up_so(string setting, string value)
    {
        await using var source = NpgsqlDataSource.Create(fixture.Superuser);
        await using var command = source.CreateCommand("SELECT current_setting($1)");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = setting });
        (await command.ExecuteScalarAsync(Token)).ShouldBe(value);
    }

    [Fact]
    public async Task Sorts_by_code_point_whatever_the_machine() =>
        (await EmbeddedFolder.AskAsync(
            fixture.Run.Connection, "SELECT datcollate FROM pg_database WHERE datname = current_database()", Token))
        .ShouldBeOneOf("C", "C.UTF-8", "C.utf8");

    [Fact]
    public async Task Lets_nobody_in_without_SCRAM()
    {
        (await EmbeddedFolder.AskAsync(
            fixture.Superuser, "SELECT string_agg(DISTINCT auth_method, ' ') FROM pg_hba_file_rules", Token))
            .ShouldBe("scram-sha-256");
        (await EmbeddedFolder.AskAsync(
            fixture.Superuser,
            "SELECT count(*) FROM pg_authid WHERE rolcanlogin AND rolpassword NOT LIKE 'SCRAM-SHA-256$%'",
            Token)).ShouldBe(0L);
    }

    [Fact]
    public async Task Refuses_another_password()
    {
        var other = new NpgsqlConnectionStringBuilder(fixture.Run.Connection) { Password = "guessed" };
        var refused = await Should.ThrowAsync<PostgresException>(
            () => EmbeddedFolder.AskAsync(other.ConnectionString, "SELECT 1", Token));
        refused.SqlState.ShouldBe(PostgresErrorCodes.InvalidPassword);
    }

    [Fact]
    public async Task Gives_the_running_server_the_rights_of_lofte_app_and_no_more() =>
        (await EmbeddedFolder.AskAsync(
            fixture.Run.Connection,
            """
            SELECT pg_has_role('lofte_app', 'MEMBER')
                AND NOT pg_has_role('lofte_owner', 'MEMBER')
                AND NOT (rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls)
                AND NOT has_database_privilege(current_database(), 'CREATE')
            FROM pg_roles
            WHERE rolname = current_user
            """,
            Token)).ShouldBe(true);

    [Fact]
    public async Task Lets_the_owner_apply_the_schema_without_being_superuser()
    {
        await using var owner = NpgsqlDataSource.Create(fixture.Run.OwnerConnection);
        await LofteSchema.ApplyAsync(owner, Token);
        (await EmbeddedFolder.AskAsync(
            fixture.Run.OwnerConnection, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user", Token)).ShouldBe(false);
        (await EmbeddedFolder.AskAsync(fixture.Run.Connection, "SELECT count(*) FROM lofte.mt_events", Token)).ShouldBe(0L);
    }

    [Fact]
    public async Task Does_not_run_as_root()
    {
        var process = PostmasterPid.Read((await fixture.Data.PlaceAsync(Token)).Data).ShouldNotBeNull().Process;
        var status = await File.ReadAllLinesAsync($"/proc/{process}/status", Token);
        var uids = status.Single(line => line.StartsWith("Uid:", StringComparison.Ordinal)).Split('\t')[1..];
        uids.ShouldAllBe(id => int.Parse(id, CultureInfo.InvariantCulture) != 0);
    }

    [Fact]
    public async Task Logs_what_goes_wrong_without_a_row_s_content()
    {
        const string payload = "what-a-citizen-said";
        await EmbeddedFolder.AskAsync(
            fixture.Run.OwnerConnection, "CREATE TABLE public.said (word text PRIMARY KEY CHECK (length(word) < 5))", Token);
        await using var source = NpgsqlDataSource.Create(fixture.Run.OwnerConnection);
        await using var command = source.CreateCommand("INSERT INTO public.said VALUES ($1)");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = payload });
        await Should.ThrowAsync<PostgresException>(() => command.ExecuteNonQueryAsync(Token));
        await Eventually.BecomesAsync("the refusal is in the log", Logged("said_word_check"), Token);
        (await File.ReadAllTextAsync(fixture.Data.Folder.LogFile, Token)).ShouldNotContain(payload);
    }

    [Fact]
    public void Keeps_its_secrets_and_run_json_from_everybody_else()
    {
        foreach (var file in new[] { fixture.Data.Folder.SecretsFile, fixture.Data.Folder.RunFile, fixture.Data.Folder.LogFile })
        {
            File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite, file);
        }
    }

    private Func<CancellationToken, Task<bool>> Logged(string text) => async cancellationToken =>
        (await File.ReadAllTextAsync(fixture.Data.Folder.LogFile, cancellationToken)).Contains(text, StringComparison.Ordinal);
}

public sealed class EmbeddedClusterFixture : IAsyncLifetime
{
    private EmbeddedFolder? _data;
    private FolderUse? _use;
    private string? _superuser;

    internal EmbeddedFolder Data => _data!;

    internal RunFile Run => _use!.Run;

    internal string Superuser => _superuser!;

    public async ValueTask InitializeAsync()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        _data = await EmbeddedFolder.NewAsync(cancellationToken);
        _use = await _data.BeginAsync(FolderHolder.Server, EmbeddedOptions.Default, cancellationToken);
        var secrets = (await Secrets.ReadAsync(_data.Folder, cancellationToken)).ShouldNotBeNull();
        var port = new NpgsqlConnectionStringBuilder(_use.Run.Connection).Port;
        _superuser = ClusterRoles.Superuser(port, secrets).ConnectionString;
    }

    public async ValueTask DisposeAsync()
    {
        if (_use is not null)
        {
            await _use.DisposeAsync();
        }

        if (_data is not null)
        {
            await _data.DisposeAsync();
        }
    }
}
