namespace LofteEvents;

/// <summary>Where something happened.</summary>
/// <param name="Area">Id of an area of the deployment (see <see cref="Areas"/>).</param>
/// <param name="Name">The place as people call it.</param>
public sealed record Place(string Area, string? Name = null);
