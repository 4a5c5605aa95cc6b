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
    public static Option<bool> Option() => new("--json") { Description = "Write JSON instead of text." };

    /// <summary>Writes a value as one JSON document, with letters as themselves.</summary>
    public static async Task WriteJsonAsync<T>(this Surroundings around, T value, JsonTypeInfo<T> type)
    {
        using var text = new MemoryStream();
        var writer = new Utf8JsonWriter(text, new JsonWriterOptions
        {
            Indented = true,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        });
        await using (writer)
        {
            JsonSerializer.Serialize(writer, value, type);
        }

        await around.Output.WriteLineAsync(Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length));
    }

    /// <summary>Shows what the server answered: its body as it came, lines for people, or why not.</summary>
    public static async Task<int> ShowAsync<T>(
        this Surroundings around, Reply<T> reply, bool json, Func<T, IEnumerable<string>> lines)
        where T : class
    {
        if (reply.Problem is { } problem)
        {
            return await around.RefuseAsync(problem);
        }

        foreach (var line in json ? [Encoding.UTF8.GetString(reply.Body)] : lines(reply.Value!))
        {
            await around.Output.WriteLineAsync(line);
        }

        return ExitCode.Done;
    }

    public static async Task<int> RefuseAsync(this Surroundings around, Problem problem)
    {
        foreach (var line in problem.Lines())
        {
            await around.Error.WriteLineAsync(line);
        }

        return problem.ExitCode;
    }
}
