using LofteEvents.Subjects;

namespace LofteEvents.Postgres.Subjects;

/// <summary>Events about persons' keys as they are appended.</summary>
internal static class SubjectRecords
{
    /// <param name="actor">Who did it: a token's <c>sub</c>, or the part of the program.</param>
    public static NewEvent Of(SubjectEvent said, string actor, DateTimeOffset now)
    {
        var type = EventCatalogue.Of(said);
        return new NewEvent(
            Guid.NewGuid(), type.Name, type.Encode(said), new EventHeaders(null, null, now, actor).ToJson());
    }
}
