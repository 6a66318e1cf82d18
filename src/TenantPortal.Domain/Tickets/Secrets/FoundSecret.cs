namespace TenantPortal.Domain.Tickets.Secrets;

/// <summary>What was hidden, as it is called in the mask.</summary>
public enum SecretKind { Password, Key, Token, PrivateKey, Code }

/// <summary>A stretch of a text that must not be readable.</summary>
public sealed record FoundSecret(int Start, int Length, SecretKind Kind)
{
    public int End => Start + Length;
}
