using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using LofteEvents.Postgres.Embedded;
using Npgsql;

namespace LofteEvents.Tests.Postgres.Embedded;

/// <summary>
/// Every state that a start can find, made as it comes about: by killing, by stopping half-way, by taking things away.
/// </summary>
public class A_start_of_the_embedded_database
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Finds_its_data_and_its_port_again()
    {
        await using var folder = await EmbeddedFolder.NewAsync(Token);
        RunFile first;
        await using (var use = await folder.BeginAsync(FolderHolder.Server, Token))
        {
            first = use.Run;
            await WriteAsync(first);
        }

        await using var again = await folder.BeginAsync(FolderHolder.Server, Token);
        again.Run.Connection.ShouldBe(first.Connection);
        (await IsThereAsync(again.Run)).ShouldBeTrue();
    }

    [Fact]
    public async Task Takes_over_what_a_killed_server_left_running()
    {
        await using var folder = await EmbeddedFolder.NewAsync(Token);
        var left = await folder.LeaveRunningAsync(Token);
        await using var use = await folder.BeginAsync(FolderHolder.Server, Token);
        PostmasterPid.Read((await folder.PlaceAsync(Token)).Data).ShouldNotBeNull().Process.ShouldBe(left);
        await WriteAsync(use.Run);
    }

    [Fact]
    public async Task Recovers_when_server_and_database_were_killed()
    {
        await using var folder = await EmbeddedFolder.NewAsync(Token);
        var left = await folder.LeaveRunningAsync(Token);
        await WriteAsync((await ReadRunAsync(folder)).ShouldNotBeNull());
        await EmbeddedFolder.KillAsync(left, Token);
        await using var use = await folder.BeginAsync(FolderHolder.Server, Token);
        (await IsThereAsync(use.Run)).ShouldBeTrue();
    }

    [Fact]
    public async Task Is_followed_by_another_whenever_the_database_dies()
    {
        await using var folder = await EmbeddedFolder.NewAsync(Token);
        await using var use = await folder.BeginAsync(FolderHolder.Server, Token);
        await WriteAsync(use.Run);
        var running = PostmasterPid.Read((await folder.PlaceAsync(Token)).Data).ShouldNotBeNull();
        await EmbeddedFolder.KillAsync(running.Process, Token);
        await Eventually.BecomesAsync("the same connection answers again", _ => AnswersAsync(use.Run), Token);
        (await IsThereAsync(use.Run)).ShouldBeTrue();
    }

    [Fact]
    public async Task Is_not_misled_by_a_process_that_was_given_the_number_of_a_dead_database()
    {
        await using var folder = await EmbeddedFolder.NewAsync(Token);
        await (await folder.BeginAsync(FolderHolder.Server, Token)).DisposeAsync();
        var place = await folder.PlaceAsync(Token);
        using var other = Process.Start(SystemProgram.Describe(place.User.Command("sleep", "600"))).ShouldNotBeNull();
        try
        {
            await place.WriteAsync(
                PostmasterPid.PathIn(place.Data), $"{other.Id}\n{place.Data}\n0\n1\n\n127.0.0.1\n0 0\nready   \n", Token);
            await using var use = await folder.BeginAsync(FolderHolder.Server, Token);
            (await AnswersAsync(use.Run)).ShouldBeTrue();
        }
        finally
        {
            other.Kill();
        }
    }

    [Fact]
    public async Task Takes_another_port_when_its_own_is_taken()
    {
        await using var folder = await EmbeddedFolder.NewAsync(Token);
        var first = await folder.BeginAsync(FolderHolder.Server, Token);
        await first.DisposeAsync();
        var port = new NpgsqlConnectionStringBuilder(first.Run.Connection).Port;
        using var taken = new TcpListener(IPAddress.Loopback, port);
        taken.Start();
        await using var use = await folder.BeginAsync(FolderHolder.Server, Token);
        new NpgsqlConnectionStringBuilder(use.Run.Connection).Port.ShouldNotBe(port);
        (await AnswersAsync(use.Run)).ShouldBeTrue();
    }

    [Fact]
    public async Task Begins_anew_where_the_making_of_the_cluster_was_killed()
    {
        await using var folder = await EmbeddedFolder.NewAsync(Token);
        await DataFolder.OpenAsync(folder.Path, Token);
        var place = await folder.PlaceAsync(Token);
        var binaries = await ServerBinaries.FindAsync(EmbeddedFolder.Options.Binaries, null, Token);
        var half = Path.Combine(place.Home, "new.0123456789abcdef");
        var making = SystemProgram.Describe(place.User.Command(binaries.Initdb, "-D", half, "--auth=reject"));
        making.RedirectStandardOutput = true;
        using var initdb = Process.Start(making).ShouldNotBeNull();
        await Eventually.BecomesAsync("initdb writes", () => Directory.Exists(Path.Combine(half, "base")), Token);
        await using (var use = await folder.BeginAsync(FolderHolder.Server, Token))
        {
            (await AnswersAsync(use.Run)).ShouldBeTrue();
        }

        await initdb.WaitForExitAsync(Token);
        Directory.EnumerateFileSystemEntries(place.Home).Select(Path.GetFileName).ShouldBe(["data"]);
    }

    [Fact]
    public async Task Completes_a_cluster_whose_roles_and_database_were_never_made()
    {
        await using var folder = await EmbeddedFolder.NewAsync(Token);
        var data = await DataFolder.OpenAsync(folder.Path, Token);
        var binaries = await ServerBinaries.FindAsync(EmbeddedFolder.Options.Binaries, null, Token);
        var place = await folder.PlaceAsync(Token);
        await ClusterCreation.CreateAsync(data, place, binaries, durable: false, TimeProvider.System, Token);
        await using var use = await folder.BeginAsync(FolderHolder.Server, Token);
        (await AnswersAsync(use.Run)).ShouldBeTrue();
    }

    [Fact]
    public async Task Makes_new_passwords_when_the_old_ones_are_lost_and_keeps_the_data()
    {
        await using var folder = await EmbeddedFolder.NewAsync(Token);
        await folder.LeaveRunningAsync(Token);
        var old = (await ReadRunAsync(folder)).ShouldNotBeNull();
        await WriteAsync(old);
        File.Delete(folder.Folder.SecretsFile);
        await using var use = await folder.BeginAsync(FolderHolder.Server, Token);
        (await IsThereAsync(use.Run)).ShouldBeTrue();
        use.Run.Connection.ShouldNotBe(old.Connection);
    }

    [Fact]
    public async Task Says_what_to_install_where_PostgreSQL_is_missing()
    {
        await using var folder = await EmbeddedFolder.NewAsync(Token);
        var nowhere = EmbeddedFolder.Options with { Binaries = new BinariesSearch("/nowhere/bin", "/nowhere/lib") };
        var refused = await Should.ThrowAsync<EmbeddedPostgresException>(
            () => folder.BeginAsync(FolderHolder.Server, nowhere, Token));
        refused.Message.ShouldContain("apt-get install postgresql");
        refused.Message.ShouldContain("ConnectionStrings__Lofte");
    }

    [Fact]
    public async Task Says_which_version_to_install_where_the_cluster_was_made_by_another()
    {
        await using var folder = await EmbeddedFolder.NewAsync(Token);
        await (await folder.BeginAsync(FolderHolder.Server, Token)).DisposeAsync();
        var place = await folder.PlaceAsync(Token);
        await place.WriteAsync(place.VersionFile, "9\n", Token);
        var refused = await Should.ThrowAsync<EmbeddedPostgresException>(() => folder.BeginAsync(FolderHolder.Server, Token));
        refused.Message.ShouldContain("apt-get install postgresql-9");
    }

    [Fact]
    public async Task Shows_what_PostgreSQL_said_where_it_does_not_start()
    {
        await using var folder = await EmbeddedFolder.NewAsync(Token);
        var wrong = EmbeddedFolder.Options with { Settings = new Dictionary<string, string> { ["shared_buffers"] = "a lot" } };
        var refused = await Should.ThrowAsync<EmbeddedPostgresException>(
            () => folder.BeginAsync(FolderHolder.Server, wrong, Token));
        refused.Message.ShouldContain("shared_buffers");
        refused.Message.ShouldContain(folder.Folder.LogFile);
    }

    private static Task<RunFile?> ReadRunAsync(EmbeddedFolder folder) =>
        PrivateFile.ReadAsync(folder.Folder.RunFile, EmbeddedJson.Default.RunFile, Token);

    private static async Task WriteAsync(RunFile run) =>
        await EmbeddedFolder.AskAsync(run.OwnerConnection, "CREATE TABLE public.kept ()", Token);

    private static async Task<bool> IsThereAsync(RunFile run) =>
        await EmbeddedFolder.AskAsync(run.OwnerConnection, "SELECT to_regclass('public.kept') IS NOT NULL", Token) is true;

    private static async Task<bool> AnswersAsync(RunFile run)
    {
        try
        {
            return await EmbeddedFolder.AskAsync(run.Connection, "SELECT TRUE", Token) is true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }
}
