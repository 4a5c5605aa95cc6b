using System.CommandLine;
using System.Text.Json.Serialization;
using LofteEvents.Postgres;
using LofteEvents.Postgres.Embedded;

namespace LofteEvents.Cli;

/// <summary><c>lofte schema apply|assert|dump</c>: the database's objects.</summary>
internal static class Schema
{
    public static Command Command(Surroundings around) =>
        new("schema", "Bring the database's objects up to date, compare them, or show them.")
        {
            Apply(around),
            Assert(around),
            Dump(around),
        };

    private static Command Apply(Surroundings around)
    {
        var command = new Command(
            "apply", "Bring the database to this version's schema, in one transaction. Safe to repeat; takes no data away.");
        command.SetAction(async (_, cancellationToken) =>
        {
            await using var database = await around.OpenDatabaseAsync(cancellationToken);
            try
            {
                await LofteSchema.ApplyAsync(database.Owner, cancellationToken);
            }
            catch (LofteSchemaException refused)
            {
                around.Error.WriteLine($"lofte: {refused.Message}");
                return refused.Differences.Count > 0 ? ExitCode.Difference : ExitCode.Failed;
            }

            around.Error.WriteLine("The database has this version's schema.");
            return ExitCode.Done;
        });
        return command.WithExamples(
            "lofte schema apply",
            "ConnectionStrings__LofteOwner='Host=…;Username=lofte_owner' lofte schema apply");
    }

    private static Command Assert(Surroundings around)
    {
        var json = Json.Option();
        var command = new Command(
            "assert",
            "Compare the database with this version's schema. Each difference is a line; exit code 3 if there is one.") { json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var database = await around.OpenDatabaseAsync(cancellationToken);
            var differences = await DifferencesAsync(database, cancellationToken);
            if (parsed.GetValue(json))
            {
                around.WriteJson(new SchemaAnswer(differences), SchemaJson.Default.SchemaAnswer);
            }
            else
            {
                foreach (var difference in differences)
                {
                    around.Output.WriteLine(difference);
                }
            }

            around.Error.WriteLine(differences.Count == 0
                ? "The database has this version's schema."
                : $"The database differs in {differences.Count} places: run 'lofte schema apply' as the schema's owner.");
            return differences.Count == 0 ? ExitCode.Done : ExitCode.Difference;
        });
        return command.WithExamples("lofte schema assert", "lofte schema assert --json");
    }

    private static Command Dump(Surroundings around)
    {
        var command = new Command("dump", "Write the SQL of this version's schema, for reading or for psql. Needs no database.");
        command.SetAction(_ =>
        {
            around.Output.Write(LofteSchema.Dump());
            return ExitCode.Done;
        });
        return command.WithExamples("lofte schema dump", "lofte schema dump | psql -v ON_ERROR_STOP=1 lofte");
    }

    /// <summary>One line each; none where the database is as it should be.</summary>
    internal static async Task<IReadOnlyList<string>> DifferencesAsync(
        LofteDatabase database, CancellationToken cancellationToken)
    {
        try
        {
            await LofteSchema.AssertAsync(database.Owner, cancellationToken);
            return [];
        }
        catch (LofteSchemaException refused) when (refused.Differences.Count > 0)
        {
            return refused.Differences;
        }
    }

    /// <summary>
    /// The database that is configured, or the embedded one, started for as long as the command takes where it is down.
    /// </summary>
    internal static Task<LofteDatabase> OpenDatabaseAsync(this Surroundings around, CancellationToken cancellationToken) =>
        LofteDatabase.OpenAsync(
            LofteDatabaseSettings.Read(around.Setting), FolderHolder.Command, around.Time, loggers: null, cancellationToken);
}

/// <param name="Differences">The object, then what is missing or not expected.</param>
internal sealed record SchemaAnswer(IReadOnlyList<string> Differences);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SchemaAnswer))]
internal sealed partial class SchemaJson : JsonSerializerContext;
