namespace LofteEvents.Server.Channels;

/// <summary>What an operator sets of webhooks, below <c>Lofte__Channels__Webhook__</c>.</summary>
/// <param name="PublicUrl"><c>Lofte__PublicUrl</c>: where recipients reach this server.</param>
/// <param name="AllowInternal"><c>AllowInternal</c>: whether addresses of this machine and of inner networks may be sent
/// to.</param>
/// <param name="Secrets"><c>Secrets__{recipient}</c>: one secret, or two with a space between while it is being changed, the
/// new one first.</param>
internal sealed record WebhookSettings(
    Uri PublicUrl, bool AllowInternal, IReadOnlyDictionary<string, IReadOnlyList<byte[]>> Secrets)
{
    public IReadOnlyList<byte[]> SecretsOf(string recipient) => Secrets.GetValueOrDefault(recipient, []);
}
