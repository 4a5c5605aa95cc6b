using System.Globalization;
using LofteEvents.Notices;
using LofteEvents.Postgres.Notices;

namespace LofteEvents.Server.Channels;

/// <summary>
/// What a letter or a message says, in Swedish: which case, by which rules, and whom to call. Nothing about a person: that is
/// told by phone or fetched behind sign-in.
/// </summary>
internal static class NoticeText
{
    public static string SubjectOf(NoticeMessage message) => message.IsCorrection
        ? $"Rättelse av underrättelse {message.Notice}"
        : $"Underrättelse {message.Notice}";

    public static IReadOnlyList<string> Of(NoticeMessage message) =>
    [
        SubjectOf(message),
        "",
        message.IsCorrection
            ? "En underrättelse som Polismyndigheten tidigare har lämnat i detta ärende gäller inte längre."
            : message.Terms.About == NoticeAbout.Insats
                ? "Polismyndigheten underrättar om att en riktad insats mot ungdomars narkotikabruk har genomförts."
                : "Polismyndigheten har en underrättelse att lämna i ett ärende som rör en ung person.",
        $"Ärendet: {message.Notice}.",
        .. message.Terms.Grounds.Select(ground => $"Grund: {ground.Law}."),
        string.Create(
            CultureInfo.InvariantCulture,
            $"Uppgifterna lämnas senast {Stockholm.Local(message.Terms.Deadline):yyyy-MM-dd HH:mm} enligt ärendets frist."),
        message.InCharge is { } officers
            ? $"Kontakta {officers.Name}, telefon {officers.Phone}, och uppge ärendets nummer."
            : "Kontakta polisen på telefon 114 14 och uppge ärendets nummer.",
    ];
}
