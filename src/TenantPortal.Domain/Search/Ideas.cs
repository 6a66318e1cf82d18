namespace TenantPortal.Domain.Search;

/// <summary>What scoring adds to the plain sum of words; measurements leave one out at a time, the product never does.</summary>
[Flags]
internal enum Idea { None = 0, LetterGrams = 1, LatentSpace = 2, Identifiers = 4, Damping = 8, Neighbours = 16 }
