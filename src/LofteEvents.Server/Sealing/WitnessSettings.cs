using LofteEvents.Log;

namespace LofteEvents.Server.Sealing;

/// <summary>
/// A witness that is asked for its cosignature, from <c>Lofte__Log__Witnesses__0__Url</c> (its submission prefix) and
/// <c>Lofte__Log__Witnesses__0__Key</c> (its verifier key), and so on with 1, 2 …
/// </summary>
internal sealed record WitnessSettings(Uri Url, WitnessKey Key)
{
    public static IReadOnlyList<WitnessSettings> Read(IConfiguration configuration, List<string> faults)
    {
        var witnesses = new List<WitnessSettings>();
        foreach (var given in configuration.GetSection("Lofte:Log:Witnesses").GetChildren())
        {
            var (url, line) = (given["Url"], given["Key"]);
            if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            {
                faults.Add($"Lofte__Log__Witnesses__{given.Key}__Url is '{url}'. Set it to the witness's http or https address.");
            }
            else if (!VerifierKey.TryParse(line ?? "", out var key, out var refusal) || key is not WitnessKey witness)
            {
                faults.Add(
                    $"Lofte__Log__Witnesses__{given.Key}__Key is '{line}'. "
                    + (refusal?.Sentence ?? "That is the key of a log; ask the witness for 'lofte witness key'."));
            }
            else
            {
                witnesses.Add(new WitnessSettings(new Uri(address.AbsoluteUri.TrimEnd('/') + "/add-checkpoint"), witness));
            }
        }

        return witnesses;
    }
}
