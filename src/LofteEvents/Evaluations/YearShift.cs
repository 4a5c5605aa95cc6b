using System.Globalization;
using System.Text;
using LofteEvents.Loften;

namespace LofteEvents.Evaluations;

/// <summary>Moves what a promise says of days and years to another year.</summary>
internal sealed record YearShift(int Years)
{
    public DateOnly Day(DateOnly day) => day.AddYears(Years);

    public Term Term(Term term) => new(Day(term.From), Day(term.To));

    /// <summary><c>norrmalm-2018</c> becomes <c>norrmalm-2019</c>; an id without the year gets the new one behind it.</summary>
    public static string Id(string id, int from, int to)
    {
        var (old, next) = (Text(from), Text(to));
        return id.Contains(old, StringComparison.Ordinal) ? id.Replace(old, next, StringComparison.Ordinal) : $"{id}-{next}";

        static string Text(int year) => year.ToString("0000", CultureInfo.InvariantCulture);
    }

    /// <summary>Every number that is a year of our time, moved.</summary>
    public string Text(string text)
    {
        var moved = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length;)
        {
            var digits = 0;
            while (i + digits < text.Length && char.IsAsciiDigit(text[i + digits]))
                digits++;

            if (digits == 4 && (text[i], text[i + 1]) is (('1', '9') or ('2', '0')))
            {
                var year = int.Parse(text.AsSpan(i, 4), NumberStyles.None, CultureInfo.InvariantCulture);
                moved.Append(CultureInfo.InvariantCulture, $"{year + Years}");
            }
            else
            {
                moved.Append(text, i, Math.Max(digits, 1));
            }

            i += Math.Max(digits, 1);
        }

        return moved.ToString();
    }

    public Rule Rule(Rule rule) => rule switch
    {
        CountRule count => count with
        {
            Within = count.Within is { } within ? Term(within) : null,
            Divide = Division(count.Divide),
            AtLeastIn = count.AtLeastIn?.ToDictionary(part => Text(part.Key), part => part.Value),
        },
        CountingRule counting => counting with
        {
            Within = counting.Within is { } within ? Term(within) : null,
            Divide = Division(counting.Divide),
        },
        CombinedRule combined => combined with { Of = [.. combined.Of.Select(part => part with { Rule = Rule(part.Rule) })] },
        DeliverableRule deliverable => deliverable with
        {
            By = deliverable.By is { } by ? Day(by) : null,
            Deliverable = Text(deliverable.Deliverable),
        },
        AssessmentRule assessment => assessment with
        {
            Question = Text(assessment.Question),
            Evidence = assessment.Evidence is { } evidence ? Rule(evidence) : null,
        },
        _ => rule,
    };

    /// <summary>Single days that were left out were those of the old year.</summary>
    private static Division? Division(Division? division) =>
        division is OccurrenceDivision occurrences ? occurrences with { Except = null } : division;
}

/// <summary>Small numbers as Swedish writes them in a sentence.</summary>
internal static class SwedishNumber
{
    private static readonly string[] s_words =
    [
        "noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv",
    ];

    /// <summary>
    /// The sentence with one number in place of another, whether it stands in letters or in digits; where it stands in neither,
    /// the new one is said behind it.
    /// </summary>
    public static string Replace(string sentence, int old, int next)
    {
        foreach (var (from, to) in new[] { (Word(old), Word(next)), (Digits(old), Digits(next)) })
        {
            if (Find(sentence, from) is >= 0 and var at)
                return string.Concat(sentence.AsSpan(0, at), to, sentence.AsSpan(at + from.Length));
        }

        return $"{sentence.TrimEnd('.')} (minst {Word(next)}).";
    }

    private static string Word(int number) => number < s_words.Length ? s_words[number] : Digits(number);

    private static string Digits(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Where a whole word stands; −1 where it does not.</summary>
    private static int Find(string sentence, string word)
    {
        for (var at = sentence.IndexOf(word, StringComparison.Ordinal); at >= 0;
            at = sentence.IndexOf(word, at + 1, StringComparison.Ordinal))
        {
            var end = at + word.Length;
            if ((at == 0 || !char.IsLetterOrDigit(sentence[at - 1]))
                && (end == sentence.Length || !char.IsLetterOrDigit(sentence[end])))
                return at;
        }

        return -1;
    }
}
