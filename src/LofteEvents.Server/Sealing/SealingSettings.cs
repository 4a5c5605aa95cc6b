using System.Globalization;
using LofteEvents.Postgres;
using LofteEvents.Postgres.Sealing;

namespace LofteEvents.Server.Sealing;

/// <summary>
/// How this process seals the log, from <c>Lofte__Log__Origin</c> (the authority's name, without incarnation),
/// <c>Lofte__Log__Seal</c>, <c>Lofte__Log__MaxDelaySeconds</c> and <c>Lofte__Log__MaxLeaves</c>.
/// </summary>
/// <param name="Seals">False where another process is the sealer, or where there is no folder to remember in.</param>
internal sealed record SealingSettings(
    bool Seals, LogFolder Folder, SealerOptions Options, IReadOnlyList<WitnessSettings> Witnesses)
{
    public static SealingSettings Read(IConfiguration configuration, LofteDatabaseSettings database, List<string> faults)
    {
        var defaults = SealerOptions.Default;
        var authority = Given(configuration["Lofte:Log:Origin"]) ?? LogOrigin.DefaultAuthority;
        if (!LogOrigin.IsAuthority(authority))
        {
            faults.Add(
                $"Lofte__Log__Origin is '{authority}'. Set it to a name of letters, digits and . - _ ~ : / such as "
                + "polisen.se/norrmalm, and keep it: it names the log for good.");
        }

        var seals = Given(configuration["Lofte:Log:Seal"]);
        if (seals is not (null or "true" or "false"))
        {
            faults.Add($"Lofte__Log__Seal is '{seals}'. Set it to true or false, or leave it out.");
        }

        var hasFolder = database.FolderIsGiven || database.Connection is null;
        if (seals == "true" && !hasFolder)
        {
            faults.Add("Lofte__Log__Seal is true, and the sealer keeps its key and its state in Lofte__Data: set that too.");
        }

        var delay = Number(configuration, "Lofte:Log:MaxDelaySeconds", (int)defaults.MaxDelay.TotalSeconds, 3600, faults);
        var leaves = Number(configuration, "Lofte:Log:MaxLeaves", defaults.MaxLeaves, defaults.BatchLeaves, faults);
        return new SealingSettings(
            seals is null ? hasFolder : seals == "true",
            LogFolder.In(database.DataFolder),
            defaults with { Authority = authority, MaxDelay = TimeSpan.FromSeconds(delay), MaxLeaves = leaves },
            WitnessSettings.Read(configuration, faults));
    }

    private static int Number(IConfiguration configuration, string key, int absent, int most, List<string> faults)
    {
        if (Given(configuration[key]) is not { } text)
        {
            return absent;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 && number <= most)
        {
            return number;
        }

        faults.Add(
            $"{key.Replace(":", "__", StringComparison.Ordinal)} is '{text}'. Set it to a whole number from 1 to {most}.");
        return absent;
    }

    private static string? Given(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();
}
