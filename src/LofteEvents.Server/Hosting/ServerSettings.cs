using System.Globalization;
using LofteEvents.Notices;
using LofteEvents.Postgres;
using LofteEvents.Postgres.Subjects;
using LofteEvents.Server.Channels;
using LofteEvents.Server.Sealing;

namespace LofteEvents.Server.Hosting;

/// <summary>
/// What an operator may set, from ordinary .NET configuration: <c>ConnectionStrings__Lofte</c>,
/// <c>ConnectionStrings__LofteOwner</c>, <c>Lofte__Data</c>, <c>Lofte__Engine</c>, <c>Lofte__Authority</c>,
/// <c>Lofte__Audience</c>, <c>Lofte__Areas</c>, <c>Lofte__AnonymousRequestsPerSecond</c>,
/// <c>Lofte__Recipients</c>, those of <see cref="ChannelSettings"/>, and for the log those of <see cref="SealingSettings"/>.
/// </summary>
/// <param name="Areas">The areas of the deployment, from the file that <c>Lofte__Areas</c> names.</param>
/// <param name="Recipients">Who is told what, from the file that <c>Lofte__Recipients</c> names.</param>
/// <param name="AnonymousRequestsPerSecond">How fast one anonymous address may ask; 0 for no limit.</param>
/// <param name="Authority">The OpenID Connect issuer whose tokens are taken; null means the development issuer.</param>
internal sealed record ServerSettings(
    LofteDatabaseSettings Database,
    SubjectSettings Subjects,
    Areas Areas,
    Recipients Recipients,
    ChannelSettings Channels,
    EngineKind Engine,
    Uri? Authority,
    string Audience,
    int AnonymousRequestsPerSecond,
    SealingSettings Sealing,
    bool IsDevelopment)
{
    private const int DefaultAnonymousRequestsPerSecond = 100;

    /// <summary>Reads the settings, or says in whole sentences everything that is wrong with them.</summary>
    public static ServerSettings? Read(
        IConfiguration configuration, IHostEnvironment environment, out IReadOnlyList<string> faults)
    {
        var found = new List<string>();
        var engine = ReadEngine(configuration["Lofte:Engine"], found);
        var authority = ReadAuthority(configuration["Lofte:Authority"], environment, found);
        var areas = ReadAreas(Given(configuration["Lofte:Areas"]) ?? Path.Combine(AppContext.BaseDirectory, "areas.json"), found);

        // Against no areas every recipient would be a fault of its own.
        var whom = Given(configuration["Lofte:Recipients"]) ?? Path.Combine(AppContext.BaseDirectory, "recipients.json");
        var recipients = areas is null ? null : ReadRecipients(whom, areas, found);
        var database = LofteDatabaseSettings.Read(key => configuration[key]);
        var channels = ChannelSettings.Read(configuration, database.DataFolder, found);
        var rate = ReadRate(configuration["Lofte:AnonymousRequestsPerSecond"], found);
        var sealing = SealingSettings.Read(configuration, database, found);
        var subjects = SubjectSettings.Read(key => configuration[key], database.DataFolder, out var subjectFaults);
        found.AddRange(subjectFaults);
        faults = found;
        return found.Count > 0 || areas is null || recipients is null
            ? null
            : new ServerSettings(
                database,
                subjects,
                areas,
                recipients,
                channels,
                engine,
                authority,
                Given(configuration["Lofte:Audience"]) ?? "lofte",
                rate,
                sealing,
                environment.IsDevelopment());
    }

    private static EngineKind ReadEngine(string? value, List<string> faults)
    {
        if (Given(value) is not { } name)
        {
            return EngineKind.Postgres;
        }

        EngineKind engine = default;

        // Enum.TryParse alone would also take numbers.
        if (!char.IsLetter(name[0]) || !Enum.TryParse(name, ignoreCase: true, out engine))
        {
            faults.Add($"Lofte__Engine is '{name}'. Set it to Postgres or CritterStack, or leave it out for Postgres.");
        }
        else if (Hosting.Engine.Missing(engine) is { } missing)
        {
            faults.Add(missing);
        }

        return engine;
    }

    private static int ReadRate(string? value, List<string> faults)
    {
        if (Given(value) is not { } text)
        {
            return DefaultAnonymousRequestsPerSecond;
        }

        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var rate) || rate > 1_000_000)
        {
            faults.Add($"Lofte__AnonymousRequestsPerSecond is '{text}'. Set it to a whole number, or to 0 for no limit.");
        }

        return rate;
    }

    private static Uri? ReadAuthority(string? value, IHostEnvironment environment, List<string> faults)
    {
        if (Given(value) is not { } text)
        {
            if (!environment.IsDevelopment())
            {
                faults.Add(
                    "Lofte__Authority is not set, and the development issuer is only for Development: set Lofte__Authority to "
                    + "your OpenID Connect issuer, or set ASPNETCORE_ENVIRONMENT=Development where there is no real data.");
            }

            return null;
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var authority)
            || (authority.Scheme != "https" && authority.Scheme != "http"))
        {
            faults.Add($"Lofte__Authority is '{text}'. Set it to the https address of your OpenID Connect issuer.");
            return null;
        }

        if (authority.Scheme == "http" && !environment.IsDevelopment())
        {
            faults.Add($"Lofte__Authority is '{text}'. Outside Development the issuer's address must begin with https.");
            return null;
        }

        return authority;
    }

    private static string? Given(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();

    private static Areas? ReadAreas(string path, List<string> faults)
    {
        try
        {
            if (Areas.Parse(File.ReadAllBytes(path), out var refusals) is { } areas)
            {
                return areas;
            }

            faults.AddRange(refusals.Select(refusal => $"{path}{refusal.Pointer}: {refusal.Sentence}"));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            faults.Add($"The areas cannot be read from {path} ({fault.Message}); set Lofte__Areas to the file that holds them.");
        }

        return null;
    }

    private static Recipients? ReadRecipients(string path, Areas areas, List<string> faults)
    {
        try
        {
            var recipients = Recipients.Parse(File.ReadAllBytes(path), areas, out var refusals);
            faults.AddRange(refusals.Select(refusal => $"{path}{refusal.Pointer}: {refusal.Sentence}"));
            return recipients;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            faults.Add(
                $"The recipients cannot be read from {path} ({fault.Message}); set Lofte__Recipients to the file that holds "
                + "them.");
            return null;
        }
    }
}

/// <summary>Which engine serves the store.</summary>
internal enum EngineKind
{
    /// <summary>The default: Npgsql alone.</summary>
    Postgres,

    /// <summary>Marten and Wolverine, in a build with <c>-p:CritterStack=true</c>.</summary>
    CritterStack,
}
