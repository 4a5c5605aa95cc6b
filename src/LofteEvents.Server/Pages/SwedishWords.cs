using System.Globalization;

namespace LofteEvents.Server.Pages;

internal sealed class SwedishWords : Words
{
    private static readonly string[] s_months =
    [
        "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november", "december",
    ];

    public override string Tag => "sv";

    public override Words Other => English;

    public override string InThisLanguage => "På svenska";

    public override string Site => "Medborgarlöften";

    public override string SkipToContent => "Hoppa till innehållet";

    public override string WhatThisIs =>
        "Här följer du vad polisen har lovat, vad som är gjort och vad som återstår. "
        + "Uppgifterna kommer ur en händelselogg där inget ändras i efterhand: ett fel rättas öppet, med en ny händelse.";

    public override string Accessibility => "Tillgänglighetsredogörelse";

    public override string OpenData => "Löftena som öppna data (JSON)";

    public override string ApiDescription => "Beskrivning av gränssnittet (OpenAPI)";

    public override string ListTitle => "Vad polisen har lovat";

    public override string ListIngress =>
        "Ett medborgarlöfte säger vad polisen ska göra i ett område under en tid. Här ser du hur det går med varje löfte.";

    public override string NoLoften => "Inget löfte är avgivet här ännu.";

    public override string Older => "Äldre löften";

    public override string Newer => "Nyare löften";

    public override LofteWords Lofte { get; } = new SwedishLofteWords();

    public override string NotFoundTitle => "Sidan finns inte";

    public override string NotFoundText => "Adressen kan vara felskriven, eller så finns löftet inte här.";

    public override string ToTheList => "Till alla medborgarlöften";

    public override string NoData => "ingen uppgift";

    public override string Day(DateOnly day) =>
        string.Create(CultureInfo.InvariantCulture, $"{day.Day} {s_months[day.Month - 1]} {day.Year}");

    public override string Clock(DateTimeOffset time)
    {
        var local = Stockholm.Local(time);
        return string.Create(CultureInfo.InvariantCulture, $"kl. {local:HH}.{local:mm}");
    }

    public override string Number(decimal value) => Digits(value, ",");
}
