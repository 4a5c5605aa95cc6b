using System.Text.Json;

namespace LofteEvents.Loften;

/// <summary>What kind of thing happened; in JSON in kebab-case.</summary>
public enum FactType
{
    /// <summary>An insats that was carried out.</summary>
    Insats,

    /// <summary>
    /// An insats that is planned and neither carried out nor cancelled. It never counts; it is shown beside what is delivered.
    /// </summary>
    PlannedInsats,

    /// <summary>A forum that was established. It never counts; it says in which area the forum's meetings are.</summary>
    Forum,

    /// <summary>A meeting of a forum.</summary>
    ForumMeeting,

    /// <summary>An activity that a forum agreed on and that is not completed.</summary>
    AgreedActivity,

    /// <summary>An activity that a forum agreed on and that is completed.</summary>
    ForumActivity,

    /// <summary>Something that was asked for, answered or not.</summary>
    Request,

    /// <summary>A measured value of an indicator.</summary>
    Measurement,
}

internal static class KebabName
{
    public static string Of<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
