using LofteEvents.Log;

namespace LofteEvents.Postgres.Auditing;

/// <summary>Holds the older checkpoints against the tree while it grows past their sizes.</summary>
internal sealed class OlderCheckpoints(
    IAuditedLog log, AuditTrust trust, Checkpoint newest, CancellationToken reading) : IAsyncDisposable
{
    private readonly IAsyncEnumerator<byte[]> _notes = log.CheckpointsAsync(reading).GetAsyncEnumerator(reading);

    private Checkpoint? _next;
    private bool _begun;
    private ulong _counted;
    private ulong _failures;
    private LogFinding? _first;

    public LogCheck Result => new(AuditCheckNames.Older, _counted, _failures, _first);

    /// <summary>The tree has grown to a size.</summary>
    public async ValueTask ReachAsync(ulong size, Func<Digest> root, CancellationToken cancellationToken)
    {
        if (!_begun)
        {
            _begun = true;
            await NextAsync(cancellationToken);
        }

        while (_next is not null && _next.Size <= size)
        {
            if (_next.Size < size)
            {
                Fail($"The checkpoint of {_next.Size} leaves stands behind one of more.");
            }
            else if (_next.Origin != newest.Origin)
            {
                Fail($"The checkpoint of {_next.Size} leaves is of the log '{_next.Origin}', not of '{newest.Origin}'.");
            }
            else if (_next.Root != root())
            {
                Fail($"The checkpoint of {_next.Size} leaves has another root: history before it was rewritten.");
            }

            await NextAsync(cancellationToken);
        }
    }

    /// <summary>The tree does not grow any more.</summary>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        while (_next is not null)
        {
            Fail($"The checkpoint of {_next.Size} leaves is over more leaves than there are.");
            await NextAsync(cancellationToken);
        }
    }

    public ValueTask DisposeAsync() => _notes.DisposeAsync();

    private async Task NextAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _next = null;
        while (_next is null && await _notes.MoveNextAsync())
        {
            _counted++;
            if (SignedCheckpoint.TryOpen(_notes.Current, trust.Keys, [], 0, out var opened, out var refusal))
            {
                _next = opened.Checkpoint;
            }
            else
            {
                Fail($"{refusal.Code}: {refusal.Sentence}");
            }
        }
    }

    private void Fail(string sentence)
    {
        _failures++;
        _first ??= new LogFinding(null, null, sentence);
    }
}
