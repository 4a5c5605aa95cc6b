using LofteEvents.Postgres.Embedded;

namespace LofteEvents.Tests.Postgres.Embedded;

/// <summary>Where the cluster lies when root starts it and the user that runs it cannot reach the data folder.</summary>
public class A_cluster_outside_its_data_folder
{
    private const UnixFileMode RootOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Goes_under_the_system_s_state_folder_and_is_found_again()
    {
        var (closed, options) = await ClosedAsync();
        await using var folder = new EmbeddedFolder(Path.Combine(closed, "data"));
        RunFile first;
        await using (var use = await folder.BeginAsync(FolderHolder.Server, options, Token))
        {
            first = use.Run;
            await EmbeddedFolder.AskAsync(use.Run.OwnerConnection, "CREATE TABLE public.kept ()", Token);
        }

        Directory.Exists(folder.Folder.ClusterHome).ShouldBeFalse();
        var home = Directory.EnumerateDirectories(options.StateFolder).ShouldHaveSingleItem();
        (await PrivateFile.ReadAsync(folder.Folder.PlaceFile, EmbeddedJson.Default.PlaceRecord, Token))
            .ShouldBe(new PlaceRecord(home));
        await using var again = await folder.BeginAsync(FolderHolder.Server, options, Token);
        (await EmbeddedFolder.AskAsync(again.Run.OwnerConnection, "SELECT to_regclass('public.kept') IS NOT NULL", Token))
            .ShouldBe(true);
        again.Run.Connection.ShouldBe(first.Connection);
    }

    [Fact]
    public async Task Goes_with_its_data_folder_when_that_is_moved()
    {
        var (closed, options) = await ClosedAsync();
        var first = new EmbeddedFolder(Path.Combine(closed, "data"));
        await (await first.BeginAsync(FolderHolder.Server, options, Token)).DisposeAsync();
        Directory.Move(first.Path, Path.Combine(closed, "moved"));
        await using var moved = new EmbeddedFolder(Path.Combine(closed, "moved"));
        await using var use = await moved.BeginAsync(FolderHolder.Server, options, Token);
        (await EmbeddedFolder.AskAsync(use.Run.Connection, "SELECT 1", Token)).ShouldBe(1);
        Directory.EnumerateDirectories(options.StateFolder).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Is_refused_to_a_copy_of_its_data_folder()
    {
        var (closed, options) = await ClosedAsync();
        await using var folder = new EmbeddedFolder(Path.Combine(closed, "data"));
        await (await folder.BeginAsync(FolderHolder.Server, options, Token)).DisposeAsync();
        var copy = new EmbeddedFolder(Path.Combine(closed, "copy"));
        (await SystemProgram.RunAsync(["cp", "-a", folder.Path, copy.Path], Token)).ExitCode.ShouldBe(0);
        var refused = await Should.ThrowAsync<EmbeddedPostgresException>(
            () => copy.BeginAsync(FolderHolder.Server, options, Token));
        refused.Message.ShouldContain("is a copy");
        refused.Message.ShouldContain($"Lofte__Data={folder.Path}");
    }

    private static async Task<(string Closed, EmbeddedOptions Options)> ClosedAsync()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root runs PostgreSQL as another user.");
        var folder = await EmbeddedFolder.NewAsync(Token);
        var closed = Path.Combine(folder.Path, "closed");
        Directory.CreateDirectory(closed);
        File.SetUnixFileMode(closed, RootOnly);
        return (closed, EmbeddedFolder.Options with { StateFolder = Path.Combine(folder.Path, "state") });
    }
}
