using System.Security.Cryptography;
using System.Text;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;

namespace TenantPortal.Domain.Tickets;

/// <summary>Somebody who says that signing in does not work: name and number as they were typed, and how it was made sure who it is.</summary>
public sealed class LockedOut : ITenantOwned
{
    /// <summary>How long a code can be read out, and how often a wrong one may be tried.</summary>
    public static readonly TimeSpan CodeLife = TimeSpan.FromMinutes(15);
    public const int MostTries = 5, LongestName = 120, LongestPhone = 40, LongestProblem = 2_000;

    public required TenantId TenantId { get; init; }
    public required TicketId TicketId { get; init; }
    public required string Name { get; init; }
    /// <summary>The name without case, marks and spaces: one open ticket for each.</summary>
    public required string Key { get; init; }
    public required string Phone { get; set; }
    public int AskedTimes { get; set; } = 1;
    public required DateTimeOffset LastAskedAt { get; set; }
    public bool IsOpen { get; set; } = true;
    public string? CodeHash { get; set; }
    /// <summary>The person who is made sure of by the code.</summary>
    public ContactId? CodeFor { get; set; }
    /// <summary>Whose recorded mailbox it went to.</summary>
    public string? CodeTo { get; set; }
    public DateTimeOffset? CodeUntil { get; set; }
    public int CodeTries { get; set; }
    public ContactId? VerifiedAs { get; set; }
    public string? VerifiedHow { get; set; }
    public string? VerifiedBy { get; set; }
    public DateTimeOffset? VerifiedAt { get; set; }

    public static string KeyOf(string name) => string.Concat(name.Normalize(NormalizationForm.FormKD).Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant));

    /// <summary>A new code of six digits; what was sent before no longer holds.</summary>
    public string NewCode(ContactId of, string to, DateTimeOffset now)
    {
        var code = RandomNumberGenerator.GetInt32(1_000_000).ToString("000000", System.Globalization.CultureInfo.InvariantCulture);
        (CodeFor, CodeTo, CodeUntil, CodeTries) = (of, to, now + CodeLife, 0);
        CodeHash = Hash(code);
        return code;
    }

    /// <summary>Whether the code that was read out is the one that was sent; each wrong one counts.</summary>
    public Refusal? Check(string? code, DateTimeOffset now)
    {
        if (CodeHash is null || CodeUntil is not { } until || now >= until) return new("There is no code that holds. Send a new one; it holds for 15 minutes.");
        if (CodeTries >= MostTries) return new("This code was tried too often. Send a new one.");
        CodeTries++;
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Hash((code ?? "").Trim())), Encoding.ASCII.GetBytes(CodeHash)) ? null : new("That is not the code that was sent. Have it read out once more.");
    }

    public void Verified(ContactId person, string how, string by, DateTimeOffset now)
    {
        (VerifiedAs, VerifiedHow, VerifiedBy, VerifiedAt, IsOpen) = (person, how, by, now, false);
        (CodeHash, CodeUntil) = (null, null);
    }

    private string Hash(string code) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{TicketId} {CodeFor} {code}")));
}

/// <summary>A colleague who is written to about one ticket.</summary>
public sealed class TicketFollower : ITenantOwned
{
    public required TenantId TenantId { get; init; }
    public required TicketId TicketId { get; init; }
    public required ContactId ContactId { get; init; }
    public required string AddedBy { get; init; }
    public required DateTimeOffset AddedAt { get; init; }
}
