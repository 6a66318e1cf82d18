namespace TenantPortal.Domain.Tenancy;

/// <summary>A company the MSP serves, or the MSP itself, whose own tenant holds the library. A directory row: no personal data, no text of tickets.</summary>
public sealed class Client
{
    public TenantId Id { get; init; } = TenantId.New();
    /// <summary>The name in addresses (/c/{slug}/…): 2 to 40 of a to z, 0 to 9 and hyphen; unique; never reused.</summary>
    public required string Slug { get; init; }
    public required string Name { get; set; }
    /// <summary>2 to 6 capitals in front of ticket numbers, unique.</summary>
    public required string TicketPrefix { get; init; }
    public string? Host { get; set; }
    public required string TimeZone { get; set; }
    public string Language { get; set; } = "en";
    /// <summary>Names of the library's packs that this client reads.</summary>
    public List<string> Packs { get; set; } = [];
    public bool IsMsp { get; init; }
    public bool IsActive { get; set; } = true;
    public DateTimeOffset CreatedAt { get; init; }
}
