using System.CommandLine;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using LofteEvents.Cli.Http;

namespace LofteEvents.Cli;

/// <summary>Answers for programs (<c>--json</c>) and for people, and refusals for both.</summary>
internal static class Json
{
    private static readonly JsonWriterOptions Readable = new()
    {
        Indented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Option<bool> Option() => new("--json") { Description = "Write JSON instead of text." };

    /// <summary>Writes a value as one JSON document, with letters as themselves.</summary>
    public static void WriteJson<T>(this Surroundings around, T value, JsonTypeInfo<T> type)
    {
        using var text = new MemoryStream();
        using (var writer = new Utf8JsonWriter(text, Readable))
        {
            JsonSerializer.Serialize(writer, value, type);
        }

        around.Output.WriteLine(Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length));
    }

    /// <summary>Shows what the server answered: its body as it came, lines for people, or why not.</summary>
    public static int Show<T>(
        this Surroundings around, Reply<T> reply, bool json, Func<T, IEnumerable<string>> lines)
        where T : class
    {
        if (reply.Problem is { } problem)
        {
            return around.Refuse(problem);
        }

        foreach (var line in json ? [Encoding.UTF8.GetString(reply.Body)] : lines(reply.Value!))
        {
            around.Output.WriteLine(line);
        }

        return ExitCode.Done;
    }

    public static int Refuse(this Surroundings around, Problem problem)
    {
        foreach (var line in problem.Lines())
        {
            around.Error.WriteLine(line);
        }

        return problem.ExitCode;
    }
}
