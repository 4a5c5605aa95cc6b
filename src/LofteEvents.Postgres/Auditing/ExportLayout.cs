using LofteEvents.Log;

namespace LofteEvents.Postgres.Auditing;

/// <summary>
/// Where things lie in an exported folder: the log under the names that it has below <c>/log/</c>, so that a web server can serve
/// the folder as a log, and beside it the events.
/// </summary>
internal sealed record ExportLayout(string Root)
{
    public string Key => Path.Combine(Root, "key");

    public string Checkpoint => Path.Combine(Root, "checkpoint");

    /// <summary>Every checkpoint of the incarnation, rising by size (<see cref="NoteFile"/>).</summary>
    public string Checkpoints => Path.Combine(Root, "checkpoints");

    public string Events => Path.Combine(Root, "events.ndjson");

    public string Tile(TilePath path) => Path.Combine(Root, path.ToString());
}
