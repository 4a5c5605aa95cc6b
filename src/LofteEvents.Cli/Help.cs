using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Runtime.CompilerServices;

namespace LofteEvents.Cli;

/// <summary>What <c>--help</c> says of a command ends with examples that can be typed as they stand.</summary>
internal static class Help
{
    private const int Width = 100;

    private static readonly ConditionalWeakTable<Command, string[]> Examples = [];

    /// <summary>Each example is a line to type, or a comment that begins with <c>#</c>.</summary>
    public static TCommand WithExamples<TCommand>(this TCommand command, params string[] examples)
        where TCommand : Command
    {
        Examples.Add(command, examples);
        return command;
    }

    public static IReadOnlyList<string> ExamplesOf(Command command) =>
        Examples.TryGetValue(command, out var examples) ? examples : [];

    public static void AddExamples(RootCommand root)
    {
        var option = root.Options.OfType<HelpOption>().Single();
        option.Description = "Show this help.";
        option.Action = new HelpWithExamples(new HelpAction { MaxWidth = Width });
        root.Options.OfType<VersionOption>().Single().Description = "Show the version.";
    }

    /// <summary>The words that lead to a command, such as <c>lofte events publish</c>.</summary>
    public static string PathOf(CommandResult result) =>
        result.Parent is CommandResult above ? $"{PathOf(above)} {result.Command.Name}" : "lofte";

    private sealed class HelpWithExamples(HelpAction plain) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            plain.Invoke(parseResult);
            if (ExamplesOf(parseResult.CommandResult.Command) is { Count: > 0 } examples)
            {
                var output = parseResult.InvocationConfiguration.Output;
                output.WriteLine("Examples:");
                foreach (var example in examples)
                {
                    output.WriteLine($"  {example}");
                }

                output.WriteLine();
            }

            return ExitCode.Done;
        }
    }
}
