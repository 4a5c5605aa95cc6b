using System.Text.Json;

namespace LofteEvents.Cli;

/// <summary>On which line of a JSON text a place stands, so that a fault can be found in an editor.</summary>
internal static class JsonPlaces
{
    /// <summary>
    /// The line, from 1, of the value at a pointer (RFC 6901), or of the nearest value around it where it is missing. Of a name
    /// that is there twice the last is meant, since that is what is wrong.
    /// </summary>
    /// <param name="utf8">JSON; of a text that is none, what can be read of it.</param>
    public static int LineOf(ReadOnlySpan<byte> utf8, string pointer)
    {
        var steps = pointer.Split('/').Skip(1)
            .Select(step => step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))
            .ToArray();
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = int.MaxValue });
        var at = 0L;
        try
        {
            reader.Read();
            at = reader.TokenStartIndex;
            foreach (var step in steps)
            {
                if (!StepInto(ref reader, step))
                {
                    break;
                }

                at = reader.TokenStartIndex;
            }
        }
        catch (JsonException)
        {
            // Beyond here it cannot be read; the place lies around the last one that could be.
        }

        return utf8[..(int)at].Count((byte)'\n') + 1;
    }

    /// <summary>Moves from an object or array to the member or item that a step names.</summary>
    private static bool StepInto(ref Utf8JsonReader reader, string step)
    {
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            var found = reader;
            var isThere = false;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isIt = reader.ValueTextEquals(step);
                reader.Read();
                if (isIt)
                {
                    found = reader;
                    isThere = true;
                }

                reader.Skip();
            }

            reader = found;
            return isThere;
        }

        if (reader.TokenType != JsonTokenType.StartArray || !int.TryParse(step, out var index))
        {
            return false;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (index-- == 0)
            {
                return true;
            }

            reader.Skip();
        }

        return false;
    }
}
