using TenantPortal.Domain.Tenancy;

namespace TenantPortal.Domain.People;

/// <summary>What a token may do; asking for more is refused by name.</summary>
[Flags]
public enum ApiScopes { None = 0, TicketsRead = 1, TicketsWrite = 2, RecordsRead = 4, RecordsWrite = 8, Search = 16 }

/// <summary>A key for programs, of one client or of one member of staff. Only its hash is kept.</summary>
public sealed class ApiToken
{
    /// <summary>What every token starts with, so that one that was pasted somewhere is known for what it is.</summary>
    public const string Mark = "tpt_";
    public const int LongestDays = 730;

    public Guid Id { get; init; } = Guid.CreateVersion7();
    /// <summary>SHA-256 of the whole token.</summary>
    public required byte[] Hash { get; init; }
    public required string Name { get; init; }
    /// <summary>The client it speaks for; null where it is a member of staff's.</summary>
    public TenantId? TenantId { get; init; }
    /// <summary>The member of staff whose rights it has; null where it is a client's.</summary>
    public StaffId? StaffId { get; init; }
    public required ApiScopes Scopes { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required string ByName { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
    public DateTimeOffset? RevokedAt { get; set; }
    /// <summary>To the hour.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }

    public bool Holds(DateTimeOffset now) => RevokedAt is null && ExpiresAt > now;

    /// <summary>A scope as it is written in commands and answers: tickets:read.</summary>
    public static string Word(ApiScopes scope) => scope switch
    {
        ApiScopes.TicketsRead => "tickets:read",
        ApiScopes.TicketsWrite => "tickets:write",
        ApiScopes.RecordsRead => "records:read",
        ApiScopes.RecordsWrite => "records:write",
        ApiScopes.Search => "search",
        _ => throw new ArgumentOutOfRangeException(nameof(scope), scope, "Name one scope."),
    };

    public static IReadOnlyList<ApiScopes> Each { get; } = [ApiScopes.TicketsRead, ApiScopes.TicketsWrite, ApiScopes.RecordsRead, ApiScopes.RecordsWrite, ApiScopes.Search];

    public static IEnumerable<string> Words(ApiScopes scopes) => Each.Where(s => scopes.HasFlag(s)).Select(Word);

    /// <summary>Null where one of the words is no scope, or there is none.</summary>
    public static ApiScopes? Parse(IEnumerable<string> words)
    {
        var scopes = ApiScopes.None;
        foreach (var word in words)
        {
            if (Each.FirstOrDefault(s => Word(s) == word) is not (var scope and not ApiScopes.None)) return null;
            scopes |= scope;
        }
        return scopes == ApiScopes.None ? null : scopes;
    }
}
