using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Live;

/// <summary>Who listens at a stream: what that person may hear of, for as long as the session holds, and how a position is written for that person.</summary>
public interface ILiveViewer
{
    Guid Person { get; }
    /// <summary>Reads the person's rights anew; false when the session is over.</summary>
    ValueTask<bool> HoldsAsync(CancellationToken cancel);
    bool Hears(TicketChange change);
    void SetScope(TenantScope scope);
    IQueryable<Ticket> Own(IQueryable<Ticket> tickets);
    string Write(ulong position);
    ulong? Read(string text);
}
