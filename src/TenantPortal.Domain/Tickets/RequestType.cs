using TenantPortal.Domain.Tenancy;

namespace TenantPortal.Domain.Tickets;

public enum FieldType { Text, Textarea, Date, Choice, Choices, Email, Phone, Number, Person, Device, Software, Money }

/// <summary>One question of a form; shown only when another field has one of the given answers, if it says so.</summary>
public sealed record RequestField(string Id, string Label, FieldType Type, bool Required, string? Help, IReadOnlyList<string> Options, string? WhenField, IReadOnlyList<string> WhenValues);

/// <summary>A form for something people ask for regularly. The library's live in the MSP's tenant and are copied to each client on publishing.</summary>
public sealed class RequestType : ITenantOwned
{
    public required TenantId TenantId { get; init; }
    public required Guid Id { get; init; }
    public required string Slug { get; set; }
    public required string Title { get; set; }
    public required string Summary { get; set; }
    public required string Category { get; set; }
    public required string Group { get; set; }
    public required string Icon { get; set; }
    public bool NeedsManager { get; set; }
    public required List<RequestField> Fields { get; set; }
    public bool IsActive { get; set; } = true;
}

/// <summary>The last ticket number given in a client; taken last in the transaction so that it is held briefly.</summary>
public sealed class TicketCounter : ITenantOwned
{
    public required TenantId TenantId { get; init; }
    public int LastNumber { get; set; }
}

/// <summary>A half-typed report, kept so that nothing typed is lost.</summary>
public sealed class ReportDraft : ITenantOwned
{
    public required TenantId TenantId { get; init; }
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid ContactId { get; init; }
    /// <summary>JSON of the form as it stands.</summary>
    public required string Form { get; set; }
    public required DateTimeOffset UpdatedAt { get; set; }
}
