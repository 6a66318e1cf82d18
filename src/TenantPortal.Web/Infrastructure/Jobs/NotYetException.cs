namespace TenantPortal.Web.Infrastructure.Jobs;

/// <summary>The job could not be tried at all, for a reason that is not its own: it comes back after the delay, and this was no try.</summary>
public sealed class NotYetException(string why, TimeSpan delay) : Exception(why)
{
    public TimeSpan Delay { get; } = delay;
}
