namespace LofteEvents.Tests.Cli;

public class The_command_line
{
    [Theory]
    [InlineData("", "lofte --help")]
    [InlineData("stat", "stat")]
    [InlineData("status", "lofte status --help")]
    [InlineData("status norrmalm-2018 --on 2018-02-30", "yyyy-MM-dd")]
    [InlineData("status norrmalm-2018 --url somewhere", "http://localhost:5080")]
    [InlineData("events publish x.ndjson --batch 0", "1 to 1000")]
    [InlineData("events publish x.ndjson --format xml", "ndjson")]
    [InlineData("token --role king", "publisher")]
    [InlineData("completions powershell", "bash")]
    [InlineData("events publish no-such-file.ndjson", "no-such-file.ndjson")]
    [InlineData("definition check no-such-file.json", "no-such-file.json")]
    public async Task Wrong_use_ends_with_2_and_says_what_would_be_right(string words, string hint)
    {
        var ran = await Lofte.Alone.RunAsync(
            words.Split(' ', StringSplitOptions.RemoveEmptyEntries), TestContext.Current.CancellationToken);
        ran.ShouldExitWith(2).Error.ShouldContain(hint);
        ran.Output.ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_a_server_it_says_how_to_start_one()
    {
        using var folder = new TemporaryFile("unused", "");
        var ran = await Lofte.Alone.With("Lofte__Data", Path.GetDirectoryName(folder.Path)!).RunAsync("status norrmalm-2018");
        ran.ShouldExitWith(1).Error.ShouldContain("deploy/run");
        ran.Output.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_told_at_once()
    {
        // Port 9 (discard) of this machine: nothing listens there.
        var ran = await Lofte.Alone.RunAsync("status norrmalm-2018 --url http://127.0.0.1:9");
        ran.ShouldExitWith(1).Error.ShouldContain("No server answers at http://127.0.0.1:9");
    }

    [Fact]
    public async Task A_command_that_is_cancelled_ends_with_130()
    {
        using var stop = new CancellationTokenSource();
        var lofte = new Lofte { Transport = () => new Answering(async (_, cancellationToken) =>
        {
            await stop.CancelAsync();
            return await new TaskCompletionSource<HttpResponseMessage>().Task.WaitAsync(cancellationToken);
        }) };
        var ran = await lofte.RunAsync(["status", "x", "--url", "http://127.0.0.1:9"], stop.Token);
        ran.ShouldExitWith(130).Error.ShouldContain("cancelled");
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    public async Task Completions_are_a_script_that_asks_the_program(string shell)
    {
        var ran = await Lofte.Alone.RunAsync($"completions {shell}");
        ran.ShouldExitWith(0).Output.ShouldContain("[suggest:");
        ran.Error.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("lofte ev", "events")]
    [InlineData("lofte events ", "publish")]
    [InlineData("lofte token --role aud", "auditor")]
    public async Task Completions_come_from_the_commands_themselves(string line, string word)
    {
        var ran = await Lofte.Alone.RunAsync([$"[suggest:{line.Length}]", line], TestContext.Current.CancellationToken);
        ran.ShouldExitWith(0).Output.ShouldContain(word);
    }
}
