using System.Globalization;
using LofteEvents.Postgres.Queue;

namespace LofteEvents.Server.Channels;

/// <summary>How this deployment reaches recipients: <c>Lofte__Channels__…</c>, <c>Lofte__Workers__…</c>,
/// <c>Lofte__PublicUrl</c>.</summary>
/// <param name="Folder"><c>Lofte__Channels__Folder</c>: letters and secure messages are handed over here.</param>
/// <param name="Smtp"><c>Lofte__Channels__Smtp__Host</c>, <c>Port</c>, <c>Tls</c>, <c>From</c>, <c>User</c>, <c>Password</c>;
/// null to send no e-mail.</param>
/// <param name="RunsWorkers"><c>Lofte__Workers__Enabled</c>: whether this process does the work of notices; on unless it is
/// turned off, and some process must have it on.</param>
/// <param name="Workers"><c>Lofte__Workers__Concurrency</c>, <c>LeaseSeconds</c>, <c>Attempts</c>,
/// <c>FirstWaitSeconds</c>.</param>
internal sealed record ChannelSettings(
    WebhookSettings Webhook, string Folder, SmtpSettings? Smtp, bool RunsWorkers, WorkerOptions Workers)
{
    private const int MailPort = 587;

    public static ChannelSettings Read(IConfiguration configuration, string dataFolder, List<string> faults)
    {
        var channels = configuration.GetSection("Lofte:Channels");
        return new ChannelSettings(
            new WebhookSettings(
                PublicUrl(configuration["Lofte:PublicUrl"], faults),
                Flag(channels, "Webhook:AllowInternal", absent: false, faults),
                Secrets(channels.GetSection("Webhook:Secrets"), faults)),
            Given(channels["Folder"]) ?? Path.Combine(dataFolder, "channels"),
            ReadSmtp(channels.GetSection("Smtp"), faults),
            Flag(configuration.GetSection("Lofte:Workers"), "Enabled", absent: true, faults),
            ReadWorkers(configuration.GetSection("Lofte:Workers"), faults));
    }

    private static Uri PublicUrl(string? value, List<string> faults)
    {
        var text = Given(value) ?? "http://localhost:5080";
        if (Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
        {
            return url;
        }

        faults.Add($"Lofte__PublicUrl is '{text}'. Set it to the https address at which recipients reach this server.");
        return new Uri("http://localhost:5080/");
    }

    /// <summary>A secret is never repeated in what is said about it.</summary>
    private static Dictionary<string, IReadOnlyList<byte[]>> Secrets(IConfigurationSection section, List<string> faults)
    {
        var secrets = new Dictionary<string, IReadOnlyList<byte[]>>(StringComparer.Ordinal);
        foreach (var each in section.GetChildren().Where(each => Given(each.Value) is not null))
        {
            var words = each.Value!.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var given = words.Select(WebhookSignature.Secret).ToList();
            if (given.Count is 0 or > 2 || given.Contains(null))
            {
                faults.Add(
                    $"Lofte__Channels__Webhook__Secrets__{each.Key} is no secret: give whsec_ and the base64 of 24 to 64 bytes, "
                    + "or two of them with a space between while it is being changed, the new one first.");
                continue;
            }

            secrets[each.Key] = [.. given.Select(secret => secret!)];
        }

        return secrets;
    }

    private static SmtpSettings? ReadSmtp(IConfigurationSection section, List<string> faults)
    {
        if (Given(section["Host"]) is not { } host)
        {
            return null;
        }

        if (Given(section["From"]) is not { } from || !from.Contains('@', StringComparison.Ordinal))
        {
            faults.Add("Lofte__Channels__Smtp__From is missing: set it to the address that nudges come from.");
            return null;
        }

        return new SmtpSettings(
            host,
            Number(section, "Port", MailPort, faults),
            Flag(section, "Tls", absent: true, faults),
            from,
            Given(section["User"]),
            section["Password"]);
    }

    private static WorkerOptions ReadWorkers(IConfigurationSection section, List<string> faults)
    {
        var usual = new WorkerOptions();
        return usual with
        {
            Concurrency = Number(section, "Concurrency", usual.Concurrency, faults),
            Lease = TimeSpan.FromSeconds(Number(section, "LeaseSeconds", (int)usual.Lease.TotalSeconds, faults)),
            Attempts = Number(section, "Attempts", usual.Attempts, faults),
            FirstWait = TimeSpan.FromSeconds(Number(section, "FirstWaitSeconds", (int)usual.FirstWait.TotalSeconds, faults)),
        };
    }

    private static int Number(IConfigurationSection section, string name, int absent, List<string> faults)
    {
        var number = absent;
        if (Given(section[name]) is { } text
            && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) || number is < 1 or > 65_535))
        {
            faults.Add($"{Name(section, name)} is '{text}'. Set it to a whole number from 1 to 65535.");
            return absent;
        }

        return number;
    }

    private static bool Flag(IConfigurationSection section, string name, bool absent, List<string> faults)
    {
        var flag = absent;
        if (Given(section[name]) is { } text && !bool.TryParse(text, out flag))
        {
            faults.Add($"{Name(section, name)} is '{text}'. Set it to true or false.");
            return absent;
        }

        return flag;
    }

    private static string Name(IConfigurationSection section, string name) =>
        $"{section.Path}:{name}".Replace(":", "__", StringComparison.Ordinal);

    private static string? Given(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();
}
