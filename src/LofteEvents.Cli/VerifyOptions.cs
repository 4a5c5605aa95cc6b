using System.CommandLine;
using LofteEvents.Log;
using LofteEvents.Postgres.Auditing;

namespace LofteEvents.Cli;

/// <summary>What is proved, and what the auditor goes by.</summary>
internal sealed class VerifyOptions
{
    private readonly Option<bool> _database = new("--database") { Description = "Prove the database in place of a folder." };

    private readonly Option<string[]> _keys = new("--key")
    {
        Description = "A key of the log that you keep yourself: the line, or a file of lines. May be given more than once.",
        HelpName = "LINE|FILE",
    };

    private readonly Option<string[]> _pinned = new("--pinned")
    {
        Description = "Checkpoints that you kept, one after the other in a file. The log must be a continuation of each.",
        HelpName = "FILE",
    };

    private readonly Option<string[]> _witnesses = new("--witness")
    {
        Description = "A witness's key: the line, or a file of lines. May be given more than once.",
        HelpName = "LINE|FILE",
    };

    private readonly Option<int> _quorum = new("--quorum")
    {
        Description = "How many of the witnesses must have cosigned the newest checkpoint. Default: all that are given.",
        HelpName = "N",
    };

    public Argument<string?> Folder { get; } = new("DIR")
    {
        Description = "A folder that 'lofte export' wrote.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public void AddTo(Command command)
    {
        command.Add(Folder);
        command.Add(_database);
        command.Add(_keys);
        command.Add(_pinned);
        command.Add(_witnesses);
        command.Add(_quorum);
        command.Validators.Add(result =>
        {
            if (result.GetValue(Folder) is null == !result.GetValue(_database))
            {
                result.AddError("Give either the folder of an export or --database.");
            }
        });
    }

    /// <returns>Null where something given cannot be read; it was said why.</returns>
    public async Task<AuditTrust?> TrustAsync(ParseResult parsed, Surroundings around, CancellationToken cancellationToken)
    {
        var keys = await KeysAsync<LogKey>("--key", parsed.GetValue(_keys), around, cancellationToken);
        var witnesses = await KeysAsync<WitnessKey>("--witness", parsed.GetValue(_witnesses), around, cancellationToken);
        if (keys is null || witnesses is null)
        {
            return null;
        }

        var pinned = new List<byte[]>();
        foreach (var file in parsed.GetValue(_pinned) ?? [])
        {
            await foreach (var note in NoteFile.ReadAsync(file, cancellationToken))
            {
                pinned.Add(note);
            }
        }

        var quorum = parsed.GetResult(_quorum) is null ? witnesses.Count : parsed.GetValue(_quorum);
        return new AuditTrust(keys, witnesses, quorum, pinned);
    }

    internal static async Task<List<TKey>?> KeysAsync<TKey>(
        string option, string[]? given, Surroundings around, CancellationToken cancellationToken)
        where TKey : VerifierKey
    {
        var keys = new List<TKey>();
        foreach (var text in given ?? [])
        {
            var lines = File.Exists(text) ? await File.ReadAllLinesAsync(text, cancellationToken) : [text];
            foreach (var line in lines.Where(line => line.Length > 0))
            {
                if (!VerifierKey.TryParse(line, out var key, out var refusal) || key is not TKey wanted)
                {
                    around.Error.WriteLine(
                        $"lofte: {option} '{line}': {refusal?.Sentence ?? "this is a key for something else."}");
                    return null;
                }

                if (!keys.Exists(known => known.Name == wanted.Name && known.KeyId == wanted.KeyId))
                {
                    keys.Add(wanted);
                }
            }
        }

        return keys;
    }
}
