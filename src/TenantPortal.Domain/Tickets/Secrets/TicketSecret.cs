using TenantPortal.Domain.Tenancy;

namespace TenantPortal.Domain.Tickets.Secrets;

/// <summary>A credential that stood in a ticket's words. Only its sealed form is kept; a row that was not sealed cannot be saved.</summary>
public sealed class TicketSecret : ITenantOwned
{
    private string? plain;

    public required TenantId TenantId { get; init; }
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required TicketId TicketId { get; init; }
    public required SecretKind Kind { get; init; }
    /// <summary>As it stands in the mask.</summary>
    public required string Label { get; init; }
    public byte[] Sealed { get; private set; } = null!;
    /// <summary>Who wrote the words.</summary>
    public required string ByName { get; init; }
    public required DateTimeOffset At { get; init; }
    /// <summary>When a person said that it is none, and the words were put back.</summary>
    public DateTimeOffset? UndoneAt { get; private set; }

    public static TicketSecret Of(Ticket ticket, CoveredSecret secret, Actor by, DateTimeOffset now) =>
        new() { TenantId = ticket.TenantId, TicketId = ticket.Id, Kind = secret.Kind, Label = secret.Label, ByName = by.Name, At = now, plain = secret.Plain };

    public void Seal(Func<string, byte[]> seal)
    {
        if (plain is null) return;
        Sealed = seal(plain);
        plain = null;
    }

    /// <summary>It was no secret: nothing of it needs keeping apart.</summary>
    internal void Undo(DateTimeOffset now) => (UndoneAt, Sealed) = (now, []);
}
