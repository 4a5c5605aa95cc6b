using LofteEvents.Postgres.Embedded;
using Npgsql;

namespace LofteEvents.Tests.Postgres.Embedded;

/// <summary>Who runs the database of a folder when several processes want it.</summary>
public class A_data_folder_in_use
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Is_refused_to_a_second_server_with_a_sentence()
    {
        await using var folder = await EmbeddedFolder.NewAsync(Token);
        await using var first = await folder.BeginAsync(FolderHolder.Server, Token);
        var refused = await Should.ThrowAsync<EmbeddedPostgresException>(() => folder.BeginAsync(FolderHolder.Server, Token));
        refused.Message.ShouldBe(
            $"Server with process id {Environment.ProcessId} already runs with the data folder {folder.Path}: "
            + "stop it, or start with another Lofte__Data.");
        (await AskAsync(first.Run)).ShouldBe(1);
    }

    [Fact]
    public async Task Is_open_to_a_command_beside_the_server()
    {
        await using var folder = await EmbeddedFolder.NewAsync(Token);
        await using var server = await folder.BeginAsync(FolderHolder.Server, Token);
        await server.AnnounceAsync(new Uri("http://localhost:5080/somewhere"), Token);
        await using (var command = await folder.BeginAsync(FolderHolder.Command, Token))
        {
            command.IsHost.ShouldBeFalse();
            command.Run.Url.ShouldBe("http://localhost:5080");
            (await AskAsync(command.Run)).ShouldBe(1);
        }

        (await AskAsync(server.Run)).ShouldBe(1);
    }

    [Fact]
    public async Task Is_started_by_a_command_that_comes_alone_and_stopped_after_it()
    {
        await using var folder = await EmbeddedFolder.NewAsync(Token);
        RunFile run;
        await using (var command = await folder.BeginAsync(FolderHolder.Command, Token))
        {
            command.IsHost.ShouldBeTrue();
            run = command.Run;
            (await AskAsync(run)).ShouldBe(1);
        }

        File.Exists(PostmasterPid.PathIn((await folder.PlaceAsync(Token)).Data)).ShouldBeFalse();
        await Should.ThrowAsync<NpgsqlException>(() => AskAsync(run));
    }

    [Fact]
    public async Task Stays_open_until_the_last_command_has_left()
    {
        await using var folder = await EmbeddedFolder.NewAsync(Token);
        var host = await folder.BeginAsync(FolderHolder.Command, Token);
        var guest = await folder.BeginAsync(FolderHolder.Command, Token);
        var leaving = host.DisposeAsync().AsTask();
        await Eventually.BecomesAsync("the host begins to leave", () => !File.Exists(folder.Folder.RunFile), Token);
        (await AskAsync(guest.Run)).ShouldBe(1);
        leaving.IsCompleted.ShouldBeFalse();
        await guest.DisposeAsync();
        await leaving;
        File.Exists(PostmasterPid.PathIn((await folder.PlaceAsync(Token)).Data)).ShouldBeFalse();
    }

    [Fact]
    public async Task Tells_the_command_line_where_it_is_only_while_it_runs()
    {
        await using var folder = await EmbeddedFolder.NewAsync(Token);
        (await RunFile.ReadAsync(folder.Path, Token)).ShouldBeNull();
        await using (var server = await folder.BeginAsync(FolderHolder.Server, Token))
        {
            (await RunFile.ReadAsync(folder.Path, Token)).ShouldBe(server.Run);
        }

        File.Exists(folder.Folder.RunFile).ShouldBeFalse();
    }

    [Fact]
    public async Task Is_known_to_be_down_by_the_lock_when_a_killed_server_left_run_json()
    {
        await using var folder = await EmbeddedFolder.NewAsync(Token);
        await folder.LeaveRunningAsync(Token);
        File.Exists(folder.Folder.RunFile).ShouldBeTrue();
        (await RunFile.ReadAsync(folder.Path, Token)).ShouldBeNull();
        await using var command = await folder.BeginAsync(FolderHolder.Command, Token);
        command.IsHost.ShouldBeTrue();
    }

    [Fact]
    public async Task Tells_the_command_line_of_a_server_whose_database_is_elsewhere()
    {
        await using var folder = await EmbeddedFolder.NewAsync(Token);
        await using (var server = await FolderUse.BeginElsewhereAsync(folder.Path, "app", "owner", TimeProvider.System, Token))
        {
            await server.AnnounceAsync(new Uri("http://localhost:5080"), Token);
            (await RunFile.ReadAsync(folder.Path, Token))
                .ShouldBe(new RunFile("http://localhost:5080", "app", "owner", Environment.ProcessId));
            await Should.ThrowAsync<EmbeddedPostgresException>(
                () => FolderUse.BeginElsewhereAsync(folder.Path, "app", "owner", TimeProvider.System, Token));
        }

        File.Exists(folder.Folder.RunFile).ShouldBeFalse();
        Directory.Exists(folder.Folder.ClusterHome).ShouldBeFalse();
    }

    private static Task<object?> AskAsync(RunFile run) => EmbeddedFolder.AskAsync(run.Connection, "SELECT 1", Token);
}
