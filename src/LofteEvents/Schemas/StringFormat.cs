using System.Buffers;
using System.Buffers.Text;
using System.Globalization;

namespace LofteEvents.Schemas;

/// <summary>The values of <c>format</c> (§7.3) that are asserted.</summary>
internal abstract class StringFormat
{
    /// <summary>What belongs there, as the end of the sentence "'x' is not …".</summary>
    public abstract string Wanted { get; }

    public abstract bool Fits(ReadOnlySpan<byte> utf8);

    /// <summary>The same for a value that nearly is one, where it can be said what is wrong with it.</summary>
    public virtual string WantedInsteadOf(ReadOnlySpan<byte> utf8) => Wanted;

    public static StringFormat? Find(string name) => name switch
    {
        "date" => new FullDate(),
        "date-time" => new Instant(),
        "uuid" => new Uuid(),
        "uri" => new AbsoluteUri(),
        _ => null,
    };

    private static int Digits(ReadOnlySpan<byte> utf8)
    {
        var number = 0;
        foreach (var octet in utf8)
        {
            if (octet is < (byte)'0' or > (byte)'9')
                return -1;

            number = (number * 10) + (octet - '0');
        }

        return number;
    }

    /// <summary>RFC 3339 full-date, of a year from 0001.</summary>
    private sealed class FullDate : StringFormat
    {
        public override string Wanted => "a date of the calendar as yyyy-MM-dd, such as 2018-03-16";

        public override bool Fits(ReadOnlySpan<byte> utf8) =>
            utf8.Length == 10 && utf8[4] == (byte)'-' && utf8[7] == (byte)'-'
            && Digits(utf8[..4]) is >= 1 and var year
            && Digits(utf8[5..7]) is >= 1 and <= 12 and var month
            && Digits(utf8[8..]) is >= 1 and var day
            && day <= DateTime.DaysInMonth(year, month);

        /// <summary>31 June is a slip that real promises were published with, so it gets its own words.</summary>
        public override string WantedInsteadOf(ReadOnlySpan<byte> utf8)
        {
            if (utf8.Length != 10 || !Fits([.. utf8[..8], .. "01"u8]) || Digits(utf8[8..]) is not (> 28 and <= 31))
                return Wanted;

            var month = new DateTime(Digits(utf8[..4]), Digits(utf8[5..7]), 1);
            return string.Create(
                CultureInfo.InvariantCulture,
                $"a date of the calendar: {month:MMMM yyyy} has {DateTime.DaysInMonth(month.Year, month.Month)} days");
        }
    }

    /// <summary>
    /// RFC 3339 date-time, as far as every part of the system keeps it: capital T and Z, at most nine digits of a second, no leap
    /// second, an offset of at most 14 hours, and an instant within the years 0001 to 9999.
    /// </summary>
    private sealed class Instant : StringFormat
    {
        private static readonly FullDate DatePart = new();

        public override string Wanted =>
            "a time with its offset from UTC as RFC 3339 has it, such as 2018-03-16T18:00:00+01:00 or 2018-03-16T17:00:00Z";

        public override bool Fits(ReadOnlySpan<byte> utf8)
        {
            if (utf8.Length < 20 || utf8[10] != (byte)'T' || !DatePart.Fits(utf8[..10]) || !IsClock(utf8.Slice(11, 8)))
                return false;

            var rest = utf8[19..];
            if (rest[0] == (byte)'.')
            {
                var digits = rest[1..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
                if (digits is < 1 or > 9)
                    return false;

                rest = rest[(digits + 1)..];
            }

            return IsOffset(rest) && (Digits(utf8[..4]) is > 1 and < 9999 || rest is [(byte)'Z']);
        }

        private static bool IsClock(ReadOnlySpan<byte> utf8) =>
            utf8[2] == (byte)':' && utf8[5] == (byte)':'
            && Digits(utf8[..2]) is >= 0 and < 24 && Digits(utf8[3..5]) is >= 0 and < 60 && Digits(utf8[6..]) is >= 0 and < 60;

        private static bool IsOffset(ReadOnlySpan<byte> utf8) =>
            utf8 is [(byte)'Z']
            || (utf8.Length == 6 && utf8[0] is (byte)'+' or (byte)'-' && utf8[3] == (byte)':'
                && Digits(utf8[1..3]) is >= 0 and <= 14 and var hours
                && Digits(utf8[4..]) is >= 0 and < 60 and var minutes
                && (hours < 14 || minutes == 0));
    }

    /// <summary>RFC 9562 §4, in lower or upper case.</summary>
    private sealed class Uuid : StringFormat
    {
        public override string Wanted => "a UUID, such as 0f8fad5b-d9cb-469f-a165-70867728950e";

        public override bool Fits(ReadOnlySpan<byte> utf8) =>
            utf8.Length == 36 && Utf8Parser.TryParse(utf8, out Guid _, out var used, 'D') && used == 36;
    }

    /// <summary>RFC 3986 §3, with a scheme.</summary>
    private sealed class AbsoluteUri : StringFormat
    {
        private static readonly SearchValues<byte> Allowed = SearchValues.Create(
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?#[]@!$&'()*+,;=%"u8);

        public override string Wanted => "an absolute URI, such as https://polisen.se/ or urn:example:1";

        public override bool Fits(ReadOnlySpan<byte> utf8)
        {
            var scheme = utf8.IndexOf((byte)':');
            return scheme > 0 && char.IsAsciiLetter((char)utf8[0]) && IsScheme(utf8[..scheme])
                && utf8.Length > scheme + 1 && !utf8.ContainsAnyExcept(Allowed) && HasWholeEscapes(utf8)
                && utf8.Count((byte)'#') <= 1;
        }

        private static bool IsScheme(ReadOnlySpan<byte> utf8)
        {
            foreach (var octet in utf8)
            {
                if (!char.IsAsciiLetterOrDigit((char)octet) && octet is not ((byte)'+' or (byte)'-' or (byte)'.'))
                    return false;
            }

            return true;
        }

        private static bool HasWholeEscapes(ReadOnlySpan<byte> utf8)
        {
            for (var at = utf8.IndexOf((byte)'%'); at >= 0; at = utf8.IndexOf((byte)'%'))
            {
                var after = utf8[(at + 1)..];
                if (after.Length < 2 || !char.IsAsciiHexDigit((char)after[0]) || !char.IsAsciiHexDigit((char)after[1]))
                    return false;

                utf8 = after[2..];
            }

            return true;
        }
    }
}
