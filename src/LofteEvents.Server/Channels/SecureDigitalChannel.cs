using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using LofteEvents.Notices;
using LofteEvents.Postgres.Notices;

namespace LofteEvents.Server.Channels;

/// <summary>
/// Secure digital communication between authorities, by way of an access point that takes messages from a folder: a message is
/// a file in <c>secure-digital/out</c>, its receipt a file in <c>secure-digital/in</c> (<see cref="ReceiptFolders"/>).
/// </summary>
internal sealed class SecureDigitalChannel(ChannelFolder folder) : INoticeChannel
{
    public string Name => NoticeChannels.SecureDigital;

    public async Task<ChannelAnswer> SendAsync(NoticeMessage message, CancellationToken cancellationToken)
    {
        if (message.Way(Name)?.Address is not { } address)
        {
            return new ChannelAnswer.Nowhere("The recipient has no address for secure digital communication.");
        }

        var id = ChannelFolder.NameOf(message);
        var file = JsonSerializer.SerializeToUtf8Bytes(
            new SecureMessage(
                id, address, message.Notice, NoticeText.SubjectOf(message), string.Join('\n', NoticeText.Of(message).Skip(2))),
            SecureDigitalJson.Default.SecureMessage);
        return await ChannelFolder.PutAsync(folder.SecureOut, $"{id}.json", file, cancellationToken) is { } fault
            ? new ChannelAnswer.NotNow(fault)
            : new ChannelAnswer.HandedOver();
    }
}

/// <param name="MessageId">Comes back in the receipt.</param>
/// <param name="Recipient">The functional address.</param>
/// <param name="Conversation">The case: its messages belong together.</param>
internal sealed record SecureMessage(string MessageId, string Recipient, string Conversation, string Subject, string Body);

/// <param name="Status"><c>ACCEPTED</c> or <c>REJECTED</c>.</param>
/// <param name="Reason">Of a rejection; stays in the file (<see cref="ReasonCode"/>).</param>
internal sealed partial record SecureReceipt(string MessageId, string Status, string? Reason = null)
{
    /// <summary>
    /// What a case is told of a rejection, and keeps for good: a short code, and <c>other</c> for anything else. A reason is
    /// another party's free text and may name somebody; six digits in a row may be a personal identity number.
    /// </summary>
    [JsonIgnore]
    public string ReasonCode => Reason is null ? "REJECTED" : Code().IsMatch(Reason) ? Reason : "other";

    [GeneratedRegex(@"\A(?!.*[0-9]{6})[A-Za-z0-9._-]{1,64}\z")]
    private static partial Regex Code();
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(SecureMessage))]
[JsonSerializable(typeof(SecureReceipt))]
internal sealed partial class SecureDigitalJson : JsonSerializerContext;
