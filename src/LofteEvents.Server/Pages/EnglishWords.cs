using System.Globalization;

namespace LofteEvents.Server.Pages;

internal sealed class EnglishWords : Words
{
    private static readonly string[] s_months =
    [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
    ];

    public override string Tag => "en";

    public override Words Other => Swedish;

    public override string InThisLanguage => "In English";

    public override string Site => "Citizens’ promises";

    public override string SkipToContent => "Skip to the content";

    public override string WhatThisIs =>
        "Here you can follow what the Swedish police have promised citizens, what has been done and what remains. "
        + "Everything comes from a log of events that is never changed afterwards: "
        + "a mistake is corrected openly, by a new event.";

    public override string Accessibility => "Accessibility statement";

    public override string OpenData => "The promises as open data (JSON)";

    public override string ApiDescription => "Description of the interface (OpenAPI)";

    public override string ListTitle => "What the police have promised";

    public override string ListIngress =>
        "A citizens’ promise says what the police will do in an area during a term. Here you see how each promise is going.";

    public override string NoLoften => "No promise has been given here yet.";

    public override string Older => "Older promises";

    public override string Newer => "Newer promises";

    public override LofteWords Lofte { get; } = new EnglishLofteWords();

    public override string NotFoundTitle => "There is no such page";

    public override string NotFoundText => "The address may be misspelt, or the promise is not here.";

    public override string ToTheList => "To all promises";

    public override string NoData => "no data";

    public override string Day(DateOnly day) =>
        string.Create(CultureInfo.InvariantCulture, $"{day.Day} {s_months[day.Month - 1]} {day.Year}");

    public override string Clock(DateTimeOffset time) => Stockholm.Local(time).ToString("HH:mm", CultureInfo.InvariantCulture);

    public override string Number(decimal value) => Digits(value, ".");
}
