using System.Runtime.CompilerServices;

// Every native signature is blittable: what crosses is exactly what is declared.
[assembly: DisableRuntimeMarshalling]
