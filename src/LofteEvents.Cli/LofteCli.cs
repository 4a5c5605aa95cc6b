using System.CommandLine;
using System.CommandLine.Completions;
using System.Net.Sockets;
using LofteEvents.Cli.Http;
using LofteEvents.Postgres;
using LofteEvents.Postgres.Embedded;
using LofteEvents.Postgres.Subjects;
using LofteEvents.Postgres.Replaying;
using Npgsql;

namespace LofteEvents.Cli;

/// <summary><c>lofte</c>: every verb, and what becomes of a failure.</summary>
internal static class LofteCli
{
    /// <summary>Runs one command line and says how it ended (<see cref="ExitCode"/>).</summary>
    public static async Task<int> RunAsync(string[] args, Surroundings around, CancellationToken cancellationToken)
    {
        try
        {
            return await InvokeAsync(Root(around), args, around, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            around.Error.WriteLine("lofte: cancelled.");
            return ExitCode.Cancelled;
        }
        catch (Exception error) when (Sentence(error) is not null)
        {
            around.Error.WriteLine($"lofte: {Sentence(error)}");
            return ExitCode.Failed;
        }
        finally
        {
            await around.Output.FlushAsync(CancellationToken.None);
        }
    }

    internal static RootCommand Root(Surroundings around)
    {
        var root = new RootCommand(
            "The command line of LofteEvents, the system of record for public promises. Data goes to stdout, narration to "
            + "stderr. Exit codes: 0 done, 1 failed, 2 wrong use, 3 a check found a difference, 4 not found, 5 refused by a "
            + "rule, 130 cancelled.");
        root.Add(Status.Command(around));
        root.Add(Explain.Command(around));
        root.Add(Timeline.Command(around));
        root.Add(Events.Command(around));
        root.Add(Schema.Command(around));
        root.Add(Subject.Command(around));
        root.Add(Projections.Command(around));
        root.Add(Notices.Command(around));
        root.Add(DeadLetters.Command(around));
        root.Add(Replay.Command(around));
        root.Add(Evaluate.Command(around));
        root.Add(Export.Command(around));
        root.Add(Verify.Command(around));
        root.Add(Witness.Command(around));
        root.Add(LogCommands.Command(around));
        root.Add(Definition.Command(around));
        root.Add(Token.Command(around));
        root.Add(Check.Command(around));
        root.Add(Completions.Command(around));
        Help.AddExamples(root);
        return root;
    }

    private static async Task<int> InvokeAsync(
        RootCommand root, string[] args, Surroundings around, CancellationToken cancellationToken)
    {
        // Without this "@1234" would be read as a file of arguments, and it is a position.
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0 && parsed.GetResult(root.Directives.OfType<SuggestDirective>().Single()) is null)
        {
            // The parser says twice that a mistyped command is missing; what was typed is the better of the two.
            var unknown = parsed.UnmatchedTokens.Count > 0;
            foreach (var message in parsed.Errors.Select(error => error.Message))
            {
                if (!unknown || message.Contains(parsed.UnmatchedTokens[0], StringComparison.Ordinal))
                {
                    around.Error.WriteLine($"lofte: {message}");
                }
            }

            around.Error.WriteLine($"Try '{Help.PathOf(parsed.CommandResult)} --help'.");
            return ExitCode.WrongUse;
        }

        return await parsed.InvokeAsync(
            new InvocationConfiguration
            {
                Output = around.Output,
                Error = around.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            },
            cancellationToken);
    }

    /// <summary>
    /// The sentence for a machine that does not do its part; null for a bug, whose stack trace someone must see.
    /// </summary>
    private static string? Sentence(Exception error) => error switch
    {
        ServerUnreachableException or EmbeddedPostgresException or LofteSchemaException or MasterKeyException => error.Message,
        UnknownEventTypeException or ReplayBeyondException => error.Message,
        PostgresException refused => $"PostgreSQL refused this ({refused.SqlState}): {refused.MessageText}.",
        NpgsqlException { InnerException: SocketException or TimeoutException } =>
            $"The database does not answer ({error.Message}): check that it runs, and what ConnectionStrings__Lofte says.",
        NpgsqlException => $"The database cannot be used: {error.Message}",
        IOException or UnauthorizedAccessException => error.Message,
        _ => null,
    };
}
