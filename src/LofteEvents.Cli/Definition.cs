using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using LofteEvents.Loften;

namespace LofteEvents.Cli;

/// <summary><c>lofte definition check FILE</c>: would this promise be taken, and could it be judged?</summary>
internal static class Definition
{
    public static Command Command(Surroundings around) =>
        new("definition", "Work on the definition of a promise before it is given.")
        {
            CheckCommand(around),
            DefinitionDraft.Command(around),
        };

    private static Command CheckCommand(Surroundings around)
    {
        var file = new Argument<string>("FILE") { Description = "The definition, as JSON: the payload of lofte.given.v1." };
        var areas = new Option<string?>("--areas")
        {
            Description = "The deployment's areas. Default: Lofte__Areas, or deploy/areas.json of the checkout.",
            HelpName = "FILE",
        };
        var json = Json.Option();
        var command = new Command(
            "check",
            "Say everything that is wrong with a definition, by line and place, and what is doubtful. Exit code 2 when the "
            + "file is no definition, 5 when the promise would be refused.") { file, areas, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var path = parsed.GetRequiredValue(file);
            if (await around.ReadAreasAsync(parsed.GetValue(areas), cancellationToken) is not { } known
                || await around.ReadFileAsync(path, cancellationToken) is not { } utf8)
            {
                return ExitCode.WrongUse;
            }

            var (found, exitCode) = Check(utf8, known);
            if (parsed.GetValue(json))
            {
                around.WriteJson(new DefinitionAnswer(found), DefinitionJson.Default.DefinitionAnswer);
            }
            else
            {
                Say(path, found, around);
            }

            return exitCode;
        });
        return command.WithExamples(
            "lofte definition check deploy/loften/norrmalm-2018.json",
            "lofte definition check my-promise.json --areas my-areas.json --json");
    }

    /// <summary>
    /// In the order of intake: is it JSON, does it fit the schema, do the rules allow it; then what is doubtful.
    /// </summary>
    private static (IReadOnlyList<DefinitionFinding> Found, int ExitCode) Check(byte[] utf8, Areas areas)
    {
        if (StrictJson.Check(utf8) is { Count: > 0 } unsound)
        {
            var faults = unsound.Select(fault => new DefinitionFinding(
                "fault", fault.Line ?? JsonPlaces.LineOf(utf8, fault.Pointer), fault.Pointer, null, fault.Detail));
            return ([.. faults], ExitCode.WrongUse);
        }

        using var document = JsonDocument.Parse(utf8);
        if (DefinitionSchema.Schema.Check(document.RootElement) is { Count: > 0 } misfits)
        {
            return ([.. misfits.Select(fault => Finding("fault", fault.Pointer, null, fault.Detail))], ExitCode.WrongUse);
        }

        var definition = JsonSerializer.Deserialize(utf8, LofteJson.Default.LofteDefinition)!;
        var refused = DefinitionCheck.Check(definition, areas);
        var found = refused.Select(refusal => Finding("refused", refusal.Pointer ?? "", refusal.Code, refusal.Sentence))
            .Concat(DefinitionWarnings.Check(definition)
                .Select(warning => Finding("warning", warning.Pointer ?? "", warning.Code, warning.Sentence)));
        return ([.. found], refused.Count > 0 ? ExitCode.Refused : ExitCode.Done);

        DefinitionFinding Finding(string kind, string pointer, string? code, string sentence) =>
            new(kind, JsonPlaces.LineOf(utf8, pointer), pointer, code, sentence);
    }

    private static void Say(string path, IReadOnlyList<DefinitionFinding> found, Surroundings around)
    {
        foreach (var finding in found)
        {
            var tone = finding.Kind == "warning" ? Tone.Doubtful : Tone.Bad;
            var at = finding.Pointer.Length > 0 ? $"{finding.Pointer}: " : "";
            var code = finding.Code is null ? "" : $" ({finding.Code})";
            around.Output.WriteLine(
                $"{path}:{finding.Line}: {Tones.Paint(finding.Kind, tone, around.UsesColour)}: {at}{finding.Sentence}{code}");
        }

        var wrong = found.Count(finding => finding.Kind != "warning");
        around.Error.WriteLine(
            (wrong == 0 ? "This promise can be given" : $"This promise cannot be given. Faults: {wrong}")
            + (found.Count > wrong ? $". Warnings: {found.Count - wrong}." : "."));
    }
}

internal sealed record DefinitionAnswer(IReadOnlyList<DefinitionFinding> Findings);

/// <param name="Kind"><c>fault</c>, <c>refused</c> or <c>warning</c>.</param>
/// <param name="Line">In the file, from 1.</param>
internal sealed record DefinitionFinding(string Kind, int Line, string Pointer, string? Code, string Sentence);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DefinitionAnswer))]
internal sealed partial class DefinitionJson : JsonSerializerContext;
