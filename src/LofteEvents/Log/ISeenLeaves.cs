namespace LofteEvents.Log;

/// <summary>
/// Remembers which streams and event ids a log has had, and says where one stands twice or a version is not the next. A log
/// of a few events is remembered in memory (<see cref="SeenLeavesInMemory"/>), a large one on a disk.
/// </summary>
public interface ISeenLeaves
{
    /// <summary>Takes the next leaf.</summary>
    void See(Leaf leaf);

    /// <summary>The checks <see cref="LogCheckNames.LeafStream"/> and <see cref="LogCheckNames.LeafId"/>.</summary>
    IEnumerable<LogCheck> Results();
}
