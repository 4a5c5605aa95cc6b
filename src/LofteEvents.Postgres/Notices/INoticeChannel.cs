using LofteEvents.Notices;

namespace LofteEvents.Postgres.Notices;

/// <summary>A machine's way to a recipient.</summary>
public interface INoticeChannel
{
    /// <summary>As <see cref="NoticeChannels"/> names it.</summary>
    string Name { get; }

    /// <summary>Sends the notice once. What is sent twice has the same <see cref="NoticeMessage.Attempt"/>, by which the other
    /// side knows it.</summary>
    Task<ChannelAnswer> SendAsync(NoticeMessage message, CancellationToken cancellationToken);
}

/// <summary>What is sent, as far as a channel may know it: nothing about a person but the case's id.</summary>
/// <param name="Recipient">Null where it is to guardians, who stand in no file.</param>
/// <param name="IsCorrection">True where it says that what was told before does not hold.</param>
public sealed record NoticeMessage(
    string Notice, Guid Attempt, NoticeTerms Terms, Recipient? Recipient, OfficersOfArea? InCharge, bool IsCorrection)
{
    /// <summary>What the file of recipients says of this channel; null where it says nothing.</summary>
    public RecipientChannel? Way(string channel) => Recipient?.Channels.FirstOrDefault(each => each.Channel == channel);
}

/// <summary>What a channel says of an attempt.</summary>
public abstract record ChannelAnswer
{
    private ChannelAnswer()
    {
    }

    /// <summary>It is with the recipient.</summary>
    /// <param name="Receipt">An id or a status, never a text about anybody.</param>
    public sealed record Delivered(string Receipt) : ChannelAnswer;

    /// <summary>Somebody has it who will bring it; the receipt comes later.</summary>
    public sealed record HandedOver : ChannelAnswer;

    /// <summary>Not now; later perhaps.</summary>
    /// <param name="RetryAfter">What the other side asked for.</param>
    public sealed record NotNow(string Reason, TimeSpan? RetryAfter = null) : ChannelAnswer;

    /// <summary>This channel leads nowhere: the case goes on to the next one.</summary>
    public sealed record Nowhere(string Reason) : ChannelAnswer;
}
