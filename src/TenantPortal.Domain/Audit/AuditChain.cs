using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using TenantPortal.Domain.Tenancy;

namespace TenantPortal.Domain.Audit;

/// <summary>One link of a client's chain: ids and hashes of something that happened, no words.</summary>
public sealed class AuditEntry : ITenantOwned
{
    public required TenantId TenantId { get; init; }
    /// <summary>From 1 on, without a gap.</summary>
    public required long Number { get; init; }
    /// <summary>ticket-event, client-event or decision.</summary>
    public required string Source { get; init; }
    public required string SourceId { get; init; }
    public Guid? TicketId { get; init; }
    public required string Kind { get; init; }
    public required string ActorKind { get; init; }
    public Guid? ActorId { get; init; }
    public required DateTimeOffset At { get; init; }
    /// <summary>SHA-256 of salt and content.</summary>
    public required byte[] ContentHash { get; init; }
    /// <summary>Null once a person was erased from the content: then nobody can guess it from the hash.</summary>
    public byte[]? Salt { get; init; }
    public required DateTimeOffset SealedAt { get; init; }
    public required byte[] Previous { get; init; }
    public required byte[] Hash { get; init; }

    /// <summary>What the link's hash is made of, beside the one before it.</summary>
    public string Line => string.Join('|', TenantId.Value, Number.ToString(CultureInfo.InvariantCulture), Source, SourceId, TicketId?.ToString() ?? "-", Kind, ActorKind, ActorId?.ToString() ?? "-", Time(At), Time(SealedAt), Convert.ToHexStringLower(ContentHash));

    public static byte[] First(TenantId client) => SHA256.HashData(Encoding.UTF8.GetBytes(client.Value.ToString()));

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}

/// <summary>What is wrong with a link, in a sentence.</summary>
public sealed record ChainProblem(long Number, string Sentence);

/// <summary>Follows a chain from its first link: each must be the one that its predecessor makes it, and its content what it was when it was linked.</summary>
public sealed class AuditChain(TenantId client)
{
    private const int Most = 50;
    private readonly List<ChainProblem> problems = [];
    private byte[] head = AuditEntry.First(client);

    public long Count { get; private set; }
    /// <summary>Links whose content was erased for a person's sake.</summary>
    public long Erased { get; private set; }
    public IReadOnlyList<ChainProblem> Problems => problems;
    public bool IsWhole => problems.Count == 0;
    public string Head => Convert.ToHexStringLower(head);
    public DateTimeOffset? SealedAt { get; private set; }

    /// <param name="entry">The next link.</param>
    /// <param name="content">What happened, as text; null where it is gone.</param>
    public void Follow(AuditEntry entry, string? content)
    {
        if (entry.TenantId != client) Say(entry.Number, "This link belongs to another client.");
        if (entry.Number != Count + 1) Say(entry.Number, entry.Number > Count + 1 ? $"Links {Count + 1} to {entry.Number - 1} are missing." : "This number stood here before.");
        if (!entry.Previous.AsSpan().SequenceEqual(head)) Say(entry.Number, "It does not follow from the link before it: one of the two was changed, put in or taken out.");
        if (!entry.Hash.AsSpan().SequenceEqual(SHA256.HashData([.. entry.Previous, .. Encoding.UTF8.GetBytes(entry.Line)]))) Say(entry.Number, "Its own columns were changed after it was linked.");
        if (entry.Salt is null) Erased++;
        else if (content is null) Say(entry.Number, "What it stands for is gone.");
        else if (!entry.ContentHash.AsSpan().SequenceEqual(SHA256.HashData([.. entry.Salt, .. Encoding.UTF8.GetBytes(content)]))) Say(entry.Number, "What it stands for was changed after it was linked.");
        (Count, head, SealedAt) = (entry.Number, entry.Hash, entry.SealedAt);
    }

    private void Say(long number, string sentence)
    {
        if (problems.Count < Most) problems.Add(new(number, sentence));
    }
}
