using System.CommandLine;
using System.Text;
using LofteEvents.Cli;
using LofteEvents.Tests.Tidy;

namespace LofteEvents.Tests.Cli;

public class Help_texts
{
    private const string Golden = "tests/LofteEvents.Tests/Cli/help.txt";

    [Fact]
    public async Task Are_as_they_were_read_and_approved()
    {
        var said = new StringBuilder();
        foreach (var path in Commands(LofteCli.Root(Nowhere), []))
        {
            var ran = await Lofte.Alone.RunAsync([.. path, "--help"], TestContext.Current.CancellationToken);
            ran.ShouldExitWith(0).Error.ShouldBeEmpty();
            var text = ran.Output.ReplaceLineEndings("\n").Replace("LofteEvents.Tests", "lofte", StringComparison.Ordinal);
            said.Append($"$ lofte {string.Join(' ', path.Append("--help"))}\n{text}\n");
        }

        var expected = House.Files.Single(file => file.Path == Golden).Text;
        WithoutTrailingBlanks(said.ToString()).ShouldBe(
            expected, $"where the new text is better, put it into {Golden}:\n{WithoutTrailingBlanks(said.ToString())}");
    }

    [Fact]
    public void Every_command_that_does_something_has_an_example()
    {
        foreach (var path in Commands(LofteCli.Root(Nowhere), []))
        {
            var command =
                path.Aggregate((Command)LofteCli.Root(Nowhere), (at, word) => at.Subcommands.Single(each => each.Name == word));
            if (command.Subcommands.Count == 0)
            {
                Help.ExamplesOf(command).ShouldNotBeEmpty(string.Join(' ', path));
            }
        }
    }

    private static Surroundings Nowhere { get; } = new()
    {
        Input = Stream.Null, Output = TextWriter.Null, Error = TextWriter.Null, Environment = _ => null,
    };

    private static IEnumerable<string[]> Commands(Command command, string[] path) =>
        command.Subcommands.SelectMany(inner => Commands(inner, [.. path, inner.Name])).Prepend(path);

    private static string WithoutTrailingBlanks(string text) =>
        string.Join('\n', text.Split('\n').Select(line => line.TrimEnd()));
}
