using System.Globalization;

namespace LofteEvents.Server.Pages;

/// <summary>Everything that the pages say in a language of their own. The promises' own text is shown as it was signed.</summary>
internal abstract class Words
{
    public static Words Swedish { get; } = new SwedishWords();

    public static Words English { get; } = new EnglishWords();

    /// <summary>The tag of BCP 47.</summary>
    public abstract string Tag { get; }

    public abstract Words Other { get; }

    /// <summary>What a link to this language says, in this language.</summary>
    public abstract string InThisLanguage { get; }

    public abstract string Site { get; }

    public abstract string SkipToContent { get; }

    public abstract string WhatThisIs { get; }

    public abstract string Accessibility { get; }

    public abstract string OpenData { get; }

    public abstract string ApiDescription { get; }

    public abstract string ListTitle { get; }

    public abstract string ListIngress { get; }

    public abstract string NoLoften { get; }

    public abstract string Older { get; }

    public abstract string Newer { get; }

    public abstract string NotFoundTitle { get; }

    public abstract string NotFoundText { get; }

    public abstract string ToTheList { get; }

    /// <summary>Missing data is shown as missing, never as zero.</summary>
    public abstract string NoData { get; }

    public abstract LofteWords Lofte { get; }

    /// <summary>Such as <c>16 mars 2018</c>.</summary>
    public abstract string Day(DateOnly day);

    /// <summary>A clock time of Stockholm, such as <c>kl. 18.00</c>.</summary>
    public abstract string Clock(DateTimeOffset time);

    public string Time(DateTimeOffset time)
    {
        var local = Stockholm.Local(time);
        return $"{Day(DateOnly.FromDateTime(local.DateTime))} {Clock(time)}";
    }

    public string Period(DateOnly from, DateOnly to) => $"{Day(from)} – {Day(to)}";

    public abstract string Number(decimal value);

    /// <summary>An address within the site that keeps the language; Swedish is what an address without a language means to
    /// most.</summary>
    public string Link(string path) => $"{path}?lang={Tag}";

    protected static string Digits(decimal value, string point) =>
        value.ToString("#,0.##", new NumberFormatInfo { NumberGroupSeparator = "\u00a0", NumberDecimalSeparator = point });
}
