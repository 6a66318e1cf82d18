using System.Buffers.Text;
using System.Security.Cryptography;
using TenantPortal.Domain.Escalation;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Escalation;

/// <summary>The link of one call, short enough for an SMS: client and call, signed. It opens a page with one button, works once, and for a day.</summary>
public sealed class CallLinks(MasterKey key)
{
    public static readonly TimeSpan Life = TimeSpan.FromDays(1);
    private const string Purpose = "lead-call";

    public string PathOf(LeadCall call)
    {
        byte[] named = [.. call.TenantId.Value.ToByteArray(), .. call.Id.ToByteArray()];
        return $"/desk/calls/{Base64Url.EncodeToString([.. named, .. key.Sign(named, Purpose)])}";
    }

    /// <summary>Null when it is forged.</summary>
    public (TenantId Client, Guid Call)? Read(string token)
    {
        if (token.Length != 64 || !Base64Url.IsValid(token)) return null;
        var bytes = Base64Url.DecodeFromChars(token);
        var (named, signature) = (bytes[..32], bytes[32..]);
        return CryptographicOperations.FixedTimeEquals(key.Sign(named, Purpose), signature) ? (new(new Guid(named.AsSpan(0, 16))), new Guid(named.AsSpan(16))) : null;
    }
}
